package io.halcyon.testkit;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Sends the methods of one test to the thread that lives in the test's namespace. */
final class NamespaceExtension implements InvocationInterceptor {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(NamespaceExtension.class);

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        thread(context).run(invocation);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        thread(context).run(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        thread(context).run(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        thread(context).run(invocation);
    }

    private static NamespaceThread thread(ExtensionContext context) {
        return context.getStore(STORE)
                .getOrComputeIfAbsent(NamespaceThread.class, key -> new NamespaceThread(), NamespaceThread.class);
    }
}
