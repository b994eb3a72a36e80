package io.halcyon.console.shell.manual;

import io.halcyon.console.shell.line.Internal;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;

/**
 * A command as its annotations describe it.
 *
 * @param name with its scope, {@code vrrp:show}
 */
record CommandModel(String name, String description, List<Word> arguments, List<Word> options) {

    /**
     * An argument or an option.
     *
     * @param names of an argument its name; of an option all of its spellings
     * @param value what has to follow an option, empty if nothing has
     */
    record Word(List<String> names, String value, String description, boolean required, int index) {}

    /** All commands of a folder of classes, by name. */
    static List<CommandModel> of(Path classes) throws IOException {
        List<CommandModel> commands = new ArrayList<>();
        for (String name : classNames(classes)) {
            Class<?> type = load(name);
            if (type.isAnnotationPresent(Command.class)) {
                commands.add(of(type));
            }
        }
        commands.sort(Comparator.comparing(CommandModel::name));
        return commands;
    }

    /** Those that persons are told of. */
    static List<CommandModel> forPersons(Path classes) throws IOException {
        return of(classes).stream()
                .filter(command -> !Internal.COMMANDS.contains(command.name()))
                .toList();
    }

    static CommandModel of(Class<?> action) {
        Command command = action.getAnnotation(Command.class);
        List<Word> arguments = new ArrayList<>();
        List<Word> options = new ArrayList<>();
        for (Class<?> type = action; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                add(field, arguments, options);
            }
        }
        arguments.sort(Comparator.comparing(Word::index));
        options.sort(Comparator.comparing(option -> option.names().get(0)));
        return new CommandModel(command.scope() + ":" + command.name(), command.description(), arguments, options);
    }

    private static void add(Field field, List<Word> arguments, List<Word> options) {
        Argument argument = field.getAnnotation(Argument.class);
        if (argument != null) {
            arguments.add(new Word(
                    List.of(argument.name()), "", argument.description(), argument.required(), argument.index()));
        }
        Option option = field.getAnnotation(Option.class);
        if (option != null) {
            List<String> names = new ArrayList<>(List.of(option.name()));
            names.addAll(Arrays.asList(option.aliases()));
            options.add(new Word(names, value(field, option), option.description(), option.required(), 0));
        }
    }

    /** Capitals in the help stand for what is to be given, anything else is what is taken without it. */
    private static String value(Field field, Option option) {
        if (field.getType() == boolean.class) {
            return "";
        }
        String shown = option.valueToShowInHelp();
        boolean placeholder = !shown.equals(Option.DEFAULT_STRING)
                && !shown.isEmpty()
                && shown.chars().allMatch(Character::isUpperCase);
        return placeholder ? shown : field.getType() == int.class ? "N" : "FORM";
    }

    private static List<String> classNames(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("Command.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, CommandModel.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is not on the class path", e);
        }
    }
}
