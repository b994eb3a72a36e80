package io.halcyon.linux.file;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The calls of this package. Each returns -1 on failure and leaves the reason to {@link Native#getLastError()}. */
final class FileCalls {

    static final int O_WRONLY = 1;
    static final int O_NONBLOCK = 0x800;
    static final int O_NOFOLLOW = 0x20000;
    static final int O_CLOEXEC = 0x80000;
    static final int F_SETPIPE_SZ = 1031;
    static final int F_GETPIPE_SZ = 1032;
    static final long FIONREAD = 0x541b;
    static final short POLLOUT = 4;
    static final short POLLERR = 8;

    static {
        // The C library is in every process already: nothing to look for, nothing to load.
        Native.register(FileCalls.class, NativeLibrary.getProcess());
    }

    private FileCalls() {}

    static native int mkfifo(String path, int mode);

    static native int chmod(String path, int mode);

    static native int lchown(String path, int uid, int gid);

    static native int open(String path, int flags);

    static native int fcntl(int file, int command, int argument);

    static native int ioctl(int file, long request, int[] value);

    static native int poll(Pointer entries, long count, int timeoutMillis);

    static native long write(int file, byte[] data, long length);

    static native int geteuid();

    static native int close(int file);
}
