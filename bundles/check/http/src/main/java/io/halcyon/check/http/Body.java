package io.halcyon.check.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A body as it comes in: counted, digested, and kept only if somebody wants to look at it. */
final class Body {

    private static final int FIRST_BYTES = 1024;

    private final int mostBytes;
    private final @Nullable MessageDigest digest;
    private final boolean kept;
    private byte[] bytes = new byte[0];
    private int length;

    /**
     * @param mostBytes more is a fault
     * @param digest takes every byte, null for none
     * @param kept whether the bytes are wanted later
     */
    Body(int mostBytes, @Nullable MessageDigest digest, boolean kept) {
        this.mostBytes = mostBytes;
        this.digest = digest;
        this.kept = kept;
    }

    /** Says so before the first byte if they are going to be too many. */
    void announce(long announcedBytes) throws Fault {
        if (announcedBytes > mostBytes) {
            throw new Fault("content too long: " + announcedBytes + " bytes are announced, body.max is " + mostBytes);
        }
    }

    void add(ByteBuffer data) throws Fault {
        if (data.remaining() > mostBytes - length) {
            throw new Fault("content too long: more than the " + mostBytes + " bytes of body.max");
        }
        if (kept) {
            makeRoom(data.remaining());
            data.duplicate().get(bytes, length, data.remaining());
        }
        length += data.remaining();
        if (digest == null) {
            data.position(data.limit());
        } else {
            digest.update(data);
        }
    }

    int length() {
        return length;
    }

    /** The digest of all bytes; only once. */
    byte[] digest() {
        return digest == null ? new byte[0] : digest.digest();
    }

    boolean isEmpty() {
        return length == 0;
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** What was compressed, under the same limit: a small bomb is no larger here. */
    void inflateInto(Body plain) throws Fault {
        var chunk = new byte[8192];
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                plain.add(ByteBuffer.wrap(chunk, 0, read));
            }
        } catch (Fault e) {
            throw e;
        } catch (IOException e) {
            throw new Fault("the body says that it is gzip and is not");
        }
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            long wanted = Math.max(Math.max(FIRST_BYTES, 2L * bytes.length), (long) length + more);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, mostBytes));
        }
    }
}
