package io.halcyon.linux.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A running command: its number, a pidfd that becomes readable when it ends, and the pipe it writes to. Owned by the thread
 * that runs the command.
 */
final class SpawnedProcess implements AutoCloseable {

    /** How often an interrupt of our thread is looked for: poll does not notice it. */
    private static final int INTERRUPT_LATENCY_MILLIS = 100;

    private static final int CHUNK_BYTES = 4096;
    /** What a full pipe holds; a child left behind may write for ever. */
    private static final int LAST_CHUNKS = 16;

    private final int pid;
    private final int pidfd;
    private final int pipe;
    private final OutputTail output = new OutputTail();
    private final Memory chunk = new Memory(CHUNK_BYTES);
    private final byte[] bytes = new byte[CHUNK_BYTES];
    /** Two of {@code struct pollfd { int fd; short events; short revents; }}: pidfd, pipe. */
    private final Memory polled = new Memory(16);

    /**
     * Watches a process that was just started.
     *
     * @param pipe reading end, closed with this object
     */
    SpawnedProcess(int pid, int pipe) throws IOException {
        this.pid = pid;
        this.pipe = pipe;
        this.pidfd = (int) ProcessCalls.syscall(ProcessCalls.PIDFD_OPEN, pid, 0);
        if (pidfd < 0) {
            int errno = Native.getLastError();
            group().kill();
            reap();
            chunk.close();
            polled.close();
            throw new LinuxException("pidfd_open", errno);
        }
        watch(0, pidfd);
        watch(8, pipe);
    }

    ProcessGroup group() {
        return new ProcessGroup(pid);
    }

    OutputTail output() {
        return output;
    }

    /** Waits for the end and reads the output meanwhile; does not reap. */
    boolean awaitEnd(long deadlineNanos) throws IOException, InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime() + 999_999);
            int timeout = (int) Math.max(0, Math.min(leftMillis, INTERRUPT_LATENCY_MILLIS));
            poll(timeout);
            boolean ended = isReady(0);
            if (isReady(8) && !readChunk()) {
                watch(8, -1);
            }
            if (ended) {
                readRest();
                return true;
            }
            if (leftMillis <= 0) {
                return false;
            }
        }
    }

    /** Waits without a limit: after KILL only the kernel can delay the end. */
    void awaitEndUninterruptibly() throws IOException {
        watch(8, -1);
        do {
            poll(-1);
        } while (!isReady(0));
    }

    /**
     * Takes the ended process from the kernel's table.
     *
     * @return the status as {@code waitpid} gives it
     */
    int reap() throws IOException {
        var status = new int[1];
        while (ProcessCalls.waitpid(pid, status, 0) < 0) {
            int errno = Native.getLastError();
            if (errno != Errno.EINTR) {
                throw new LinuxException("waitpid", errno);
            }
        }
        return status[0];
    }

    @Override
    public void close() {
        ProcessCalls.close(pidfd);
        ProcessCalls.close(pipe);
        chunk.close();
        polled.close();
    }

    private void readRest() throws IOException {
        for (int i = 0; i < LAST_CHUNKS; i++) {
            poll(0);
            if (!isReady(8) || !readChunk()) {
                return;
            }
        }
    }

    private boolean readChunk() {
        long length = ProcessCalls.read(pipe, chunk, CHUNK_BYTES);
        if (length <= 0) {
            return false;
        }
        chunk.read(0, bytes, 0, (int) length);
        output.add(bytes, (int) length);
        return true;
    }

    private void watch(long offset, int fd) {
        polled.setInt(offset, fd);
        polled.setShort(offset + 4, ProcessCalls.POLLIN);
        polled.setShort(offset + 6, (short) 0);
    }

    private boolean isReady(long offset) {
        return polled.getShort(offset + 6) != 0;
    }

    private void poll(int timeoutMillis) throws IOException {
        if (ProcessCalls.poll(polled, 2, timeoutMillis) >= 0) {
            return;
        }
        int errno = Native.getLastError();
        if (errno != Errno.EINTR) {
            throw new LinuxException("poll", errno);
        }
        polled.setShort(6, (short) 0);
        polled.setShort(14, (short) 0);
    }
}
