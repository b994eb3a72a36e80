package io.halcyon.host.linux;

import io.halcyon.linux.MappedFiles;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back, once, what only the start needed: most pages of the JVM's archives of classes are read while classes are
 * loaded and never again. Thread {@code host-settling}.
 */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final long AFTER_SECONDS = 10;
    private static final String CLASS_ARCHIVE = ".jsa";

    private final CountDownLatch stopped = new CountDownLatch(1);

    void start() {
        Thread thread = new Thread(this::run, "host-settling");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped.countDown();
    }

    private void run() {
        try {
            if (!stopped.await(AFTER_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("let go of {} KiB of class archives", MappedFiles.release(CLASS_ARCHIVE) / 1024);
            }
        } catch (IOException e) {
            LOG.debug("class archives stay mapped: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
