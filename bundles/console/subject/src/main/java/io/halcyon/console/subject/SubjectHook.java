package io.halcyon.console.subject;

import java.util.Set;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Rewrites the classes of Karaf's shell that ask for the current subject. Stateless. */
final class SubjectHook implements WeavingHook {

    static final Set<String> CLASSES = Set.of(
            "org.apache.karaf.shell.support.ShellUtil",
            // A copy of it is in each of Karaf's bundles with commands.
            "org.apache.karaf.util.jaas.JaasHelper",
            "org.apache.karaf.shell.impl.console.osgi.secured.SecuredSessionFactoryImpl");

    @Override
    public void weave(WovenClass wovenClass) {
        if (CLASSES.contains(wovenClass.getClassName())) {
            wovenClass.setBytes(SubjectRewriter.rewrite(wovenClass.getBytes()));
        }
    }
}
