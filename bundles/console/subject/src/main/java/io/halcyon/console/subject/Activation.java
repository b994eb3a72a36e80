package io.halcyon.console.subject;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** Registers the hook before the shell's classes are loaded; the framework's services are all it needs. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activation implements BundleActivator {

    /** JEP 486: from this version on {@code Subject.getSubject} throws. */
    private static final int FIRST_WITHOUT_SUBJECT = 24;

    @Override
    public void start(BundleContext context) {
        if (Runtime.version().feature() >= FIRST_WITHOUT_SUBJECT) {
            context.registerService(WeavingHook.class, new SubjectHook(), null);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the hook away; classes that were woven stay as they are.
    }
}
