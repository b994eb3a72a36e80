package io.halcyon.linux.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The C library's functions for processes. 64-bit Linux with glibc 2.34 or later (closefrom), kernel 5.3 (pidfd). */
final class ProcessCalls {

    static {
        Native.register(ProcessCalls.class, "c");
    }

    /** Number of {@code pidfd_open}, the same on every architecture. */
    static final long PIDFD_OPEN = 434;

    static final int O_CLOEXEC = 0x80000;
    static final int MFD_CLOEXEC = 1;
    static final short POLLIN = 1;

    private ProcessCalls() {}

    static native int posix_spawn(
            int[] pid, Pointer path, Pointer actions, Pointer attributes, Pointer arguments, Pointer environment);

    static native int posix_spawn_file_actions_init(Pointer actions);

    static native int posix_spawn_file_actions_destroy(Pointer actions);

    static native int posix_spawn_file_actions_addopen(Pointer actions, int fd, String path, int flags, int mode);

    static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

    static native int posix_spawn_file_actions_addchdir_np(Pointer actions, String path);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    static native int sigfillset(Pointer signals);

    static native int sigemptyset(Pointer signals);

    static native int pipe2(int[] ends, int flags);

    static native long read(int fd, Pointer buffer, long length);

    static native int memfd_create(String name, int flags);

    /** Leaves the place for reading where it is. */
    static native long pwrite(int fd, byte[] data, long length, long offset);

    static native int close(int fd);

    static native int poll(Pointer entries, long count, int timeoutMillis);

    static native long syscall(long number, long first, long second);

    static native int waitpid(int pid, int[] status, int options);

    static native int kill(int pid, int signal);

    static native int geteuid();

    static native int getpwnam_r(String name, Pointer entry, Pointer buffer, long length, Pointer result);

    static native int getpwuid_r(int uid, Pointer entry, Pointer buffer, long length, Pointer result);

    static native int getgrnam_r(String name, Pointer entry, Pointer buffer, long length, Pointer result);
}
