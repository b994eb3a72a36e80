package io.halcyon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test method a network namespace of its own: the method and its {@code @BeforeEach} and {@code @AfterEach}
 * run on one fresh thread inside it, with {@code lo} up. Threads and processes started from there are in it too.
 *
 * <p>The namespace is gone with its last thread, process and socket. Needs root, so it brings the tag {@code lab}; without
 * root the test fails. {@code /proc/net} shows another thread's namespace: read {@code /proc/thread-self/net}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Tag("lab")
@ExtendWith(NamespaceExtension.class)
public @interface InNetworkNamespace {}
