package io.halcyon.spi.host;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who started this process and watches it, a service manager for example. Where there is nobody, calls do nothing.
 * Thread-safe; every call returns at once.
 */
@ConsumerType
public interface Supervisor {

    /** Nobody watches. */
    Supervisor NONE = new Supervisor() {
        @Override
        public void ready() {}

        @Override
        public void status(String sentence) {}

        @Override
        public void stopping() {}

        @Override
        public void alive() {}

        @Override
        public long patienceNanos() {
            return 0;
        }
    };

    /** The process does its work from here on. */
    void ready();

    /** What a person sees who asks the service manager. */
    void status(String sentence);

    /** The process ends, on purpose. */
    void stopping();

    /** A sign of life. */
    void alive();

    /** Longest time between two signs of life before the process is taken for dead, 0 if nobody waits for them. */
    long patienceNanos();
}
