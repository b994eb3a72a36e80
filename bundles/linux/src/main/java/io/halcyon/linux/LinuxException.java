package io.halcyon.linux;

import com.sun.jna.Native;
import java.io.IOException;

/** A system call failed; the message says which one, the error's name, and what an operator can do. */
public final class LinuxException extends IOException {

    private static final long serialVersionUID = 1;

    private final String what;
    private final int errno;

    /**
     * A failure with its number.
     *
     * @param what what was tried, such as {@code socket(AF_PACKET)} or {@code join 224.0.0.18 on eth0}
     */
    public LinuxException(String what, int errno) {
        super(what + ": " + Errno.name(errno) + ", " + Errno.meaning(errno));
        this.what = what;
        this.errno = errno;
    }

    /** The failure of the calling thread's last system call through JNA. */
    public static LinuxException last(String what) {
        return new LinuxException(what, Native.getLastError());
    }

    public String what() {
        return what;
    }

    public int errno() {
        return errno;
    }

    /** {@code EPERM} and so on. */
    public String errnoName() {
        return Errno.name(errno);
    }
}
