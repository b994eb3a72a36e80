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
    private static final int CHUNK_LINE_MOST = 256;
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
        List<String> values = fields(name);
        return values.isEmpty() ? "" : values.get(values.size() - 1);
    }

    private List<String> fields(String name) {
        return header.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .distinct()
                .toList();
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
        List<String> lengths = fields("content-length");
        if (lengths.isEmpty()) {
            return UNKNOWN;
        }
        if (lengths.size() > 1) {
            throw new PageException(
                    "content-length is given twice: " + PageException.shown(String.join(" and ", lengths)));
        }
        String length = lengths.get(0);
        if (!length.matches("\\d{1,9}")) {
            throw new PageException("content-length makes no sense or is too long: " + PageException.shown(length));
        }
        return Long.parseLong(length);
    }

    private void readChunks() throws IOException {
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            require((long) bodyBytes + size);
            readBody(size);
            if (!chunkLine().isEmpty()) {
                throw new PageException("a chunk is longer than its size says");
            }
        }
        while (!line().isEmpty()) {
            // Trailers are nothing to us.
        }
    }

    private int chunkSize() throws IOException {
        String line = chunkLine();
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

    /** Of the header, or of what stands behind the last chunk; all of them together have a limit. */
    private String line() throws IOException {
        String line = line(HEADER_MOST - headerBytes, "the header is longer than 64 KiB");
        headerBytes += line.length() + 1;
        return line;
    }

    /** Around a chunk. */
    private String chunkLine() throws IOException {
        return line(CHUNK_LINE_MOST, "the size of a chunk makes no sense: it is longer than " + CHUNK_LINE_MOST);
    }

    private String line(int most, String tooLong) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new PageException(
                        headerBytes == 0 && line.isEmpty()
                                ? "the server ended the connection without an answer"
                                : "the server ended the connection within the answer");
            }
            if (line.length() >= most) {
                throw new PageException(tooLong);
            }
            line.append((char) next);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
