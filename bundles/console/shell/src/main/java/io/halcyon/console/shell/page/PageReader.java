package io.halcyon.console.shell.page;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads an answer of HTTP/1.0 or 1.1, RFC 9112, with the limits that checks have. Trusts nothing. */
final class PageReader {

    /** {@code body.max} of checks, unless they say otherwise. */
    static final int BODY_MOST = 1 << 20;

    private static final int HEADER_MOST = 64 << 10;
    private static final long UNKNOWN = -1;

    private final InputStream in;
    private final MessageDigest digest;
    private final List<String> header = new ArrayList<>();
    private int status;
    private int headerBytes;
    private int bodyBytes;

    PageReader(InputStream in, MessageDigest digest) {
        this.in = new BufferedInputStream(in);
        this.digest = digest;
    }

    void read() throws IOException {
        do {
            readHeader();
            // RFC 9110 section 15.2: the answer proper comes later.
        } while (status / 100 == 1 && status != 101);
        if (status / 100 == 1 || status == 204 || status == 304) {
            return;
        }
        String coding = field("transfer-encoding");
        long announced = announced();
        if (!coding.isEmpty()) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw new PageException("transfer-encoding is not chunked: " + PageException.shown(coding));
            }
            readChunks();
        } else if (announced == UNKNOWN) {
            readToEnd();
        } else {
            require(announced);
            readBody((int) announced);
        }
    }

    int status() {
        return status;
    }

    List<String> header() {
        return header;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    /** Value of the last field of that name, empty if there is none. */
    String field(String name) {
        String value = "";
        for (String line : header) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                value = line.substring(name.length() + 1).strip();
            }
        }
        return value;
    }

    private void readHeader() throws IOException {
        header.clear();
        String first = line();
        if (!first.matches("HTTP/1\\.\\d [1-9]\\d\\d( .*)?")) {
            throw new PageException("the answer is not HTTP, it begins with " + PageException.shown(first));
        }
        status = Integer.parseInt(first.substring(9, 12));
        for (String line = first; !line.isEmpty(); line = line()) {
            header.add(line);
        }
    }

    private long announced() throws PageException {
        String length = field("content-length");
        if (length.isEmpty()) {
            return UNKNOWN;
        }
        if (!length.matches("\\d{1,9}")) {
            throw new PageException("content-length makes no sense or is too long: " + PageException.shown(length));
        }
        return Long.parseLong(length);
    }

    private void readChunks() throws IOException {
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            require((long) bodyBytes + size);
            readBody(size);
            if (!line().isEmpty()) {
                throw new PageException("a chunk is longer than its size says");
            }
        }
        while (!line().isEmpty()) {
            // Trailers are nothing to us.
        }
    }

    private int chunkSize() throws IOException {
        String line = line();
        String size = line.split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,7}")) {
            throw new PageException("the size of a chunk makes no sense: " + PageException.shown(line));
        }
        return Integer.parseInt(size, 16);
    }

    private void readBody(int bytes) throws IOException {
        byte[] data = in.readNBytes(bytes);
        digest.update(data);
        bodyBytes += data.length;
        if (data.length < bytes) {
            throw new PageException("the server ended the connection within the body, after " + bodyBytes + " bytes");
        }
    }

    private void readToEnd() throws IOException {
        byte[] data = in.readNBytes(BODY_MOST + 1);
        require(data.length);
        digest.update(data);
        bodyBytes = data.length;
    }

    private static void require(long bytes) throws PageException {
        if (bytes > BODY_MOST) {
            throw new PageException(
                    "content too long: more than the " + BODY_MOST + " bytes that a check reads (body.max)");
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new PageException(
                        headerBytes == 0
                                ? "the server ended the connection without an answer"
                                : "the server ended the connection within the answer");
            }
            if (++headerBytes > HEADER_MOST) {
                throw new PageException("the header is longer than 64 KiB");
            }
            line.append((char) next);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
