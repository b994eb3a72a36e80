package io.halcyon.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What others can see of an exported package: its version, and each type, member, and promise who implements it.
 *
 * @param version from the manifest
 * @param lines one per type and member, sorted
 */
record Signature(String version, SortedSet<String> lines) {

    private static final Pattern EXPORT = Pattern.compile("([\\w.]+)(?:;[\\w-]+:?=(?:\"[^\"]*\"|[^;,]*))*");
    private static final Pattern VERSION = Pattern.compile(";version=\"([\\d.]+)\"");
    private static final List<String> ROLES =
            List.of("org.osgi.annotation.versioning.ConsumerType", "org.osgi.annotation.versioning.ProviderType");

    Signature {
        lines = new TreeSet<>(lines);
    }

    /** Of each exported package of a room, by name. */
    static SortedMap<String, Signature> of(Room room) {
        SortedMap<String, Signature> packages = new TreeMap<>();
        Matcher exports = EXPORT.matcher(exportsOf(room));
        while (exports.find()) {
            Matcher version = VERSION.matcher(exports.group());
            if (version.find()) {
                packages.put(exports.group(1), new Signature(version.group(1), new TreeSet<>()));
            }
        }
        for (JavaClass type : room.classes()) {
            Signature signature = packages.get(type.getPackageName());
            if (signature != null && isVisible(type.reflect())) {
                signature.lines.addAll(describe(type));
            }
        }
        return packages;
    }

    private static String exportsOf(Room room) {
        try (JarFile jar = room.jar()) {
            return jar.getManifest().getMainAttributes().getValue("Export-Package");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As Java 17 says it, which leaves out who may extend it. */
    private static String text(Class<?> type) {
        return type.toGenericString().replaceFirst(" (non-)?sealed ", " ");
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && isVisible(type.getModifiers())
                && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<String> describe(JavaClass described) {
        Class<?> type = described.reflect();
        String name = type.getName() + ": ";
        List<String> lines = new ArrayList<>();
        lines.add(name + text(type) + roles(described) + parents(type));
        if (type.isSealed()) {
            lines.add(name + "permits " + sorted(type.getPermittedSubclasses()));
        }
        members(type.getDeclaredFields(), name, lines);
        members(type.getDeclaredConstructors(), name, lines);
        members(type.getDeclaredMethods(), name, lines);
        return lines;
    }

    /** Who implements it decides what a change means; the annotations are in the class file only. */
    private static String roles(JavaClass type) {
        StringBuilder roles = new StringBuilder();
        for (String role : ROLES) {
            if (type.isAnnotatedWith(role)) {
                roles.append(" @").append(role.substring(role.lastIndexOf('.') + 1));
            }
        }
        return roles.toString();
    }

    private static String parents(Class<?> type) {
        List<String> parents = new ArrayList<>();
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            parents.add(type.getGenericSuperclass().getTypeName());
        }
        Arrays.stream(type.getGenericInterfaces()).forEach(parent -> parents.add(parent.getTypeName()));
        return parents.isEmpty() ? "" : " < " + String.join(", ", parents);
    }

    private static String sorted(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).sorted().toList().toString();
    }

    private static <M extends AccessibleObject & Member> void members(M[] members, String name, List<String> lines) {
        for (M member : members) {
            if (isVisible(member.getModifiers()) && !member.isSynthetic()) {
                lines.add(name + generic(member));
            }
        }
    }

    private static String generic(Member member) {
        if (member instanceof Field field) {
            return field.toGenericString();
        }
        if (member instanceof Constructor<?> constructor) {
            return constructor.toGenericString();
        }
        Method method = (Method) member;
        String standard = method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue();
        return ((Executable) method).toGenericString() + standard;
    }
}
