package io.halcyon.itests.lab;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work in the network namespace of another process. Sockets made there stay there. */
final class Netns {

    private Netns() {}

    /** Calls on a fresh thread that has entered the namespace of the process, and waits. */
    static <T> T call(long pid, Callable<T> work) {
        var task = new FutureTask<T>(() -> {
            enter(pid);
            return work.call();
        });
        start("netns", task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new LabException("in the network namespace of process " + pid, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /** Starts a thread that stays in the namespace of the process. */
    static Thread thread(String name, long pid, Runnable work) {
        return start(name, () -> {
            enter(pid);
            work.run();
        });
    }

    private static Thread start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The thread must end in the namespace: it is never handed back to anybody. */
    private static void enter(long pid) {
        int fd = Libc.open("/proc/" + pid + "/ns/net", 0);
        try {
            Libc.setns(fd, Libc.CLONE_NEWNET);
        } finally {
            Libc.close(fd);
        }
    }
}
