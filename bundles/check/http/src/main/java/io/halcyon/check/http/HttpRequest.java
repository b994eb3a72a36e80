package io.halcyon.check.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A request as it goes out. Immutable, made once per URL.
 *
 * @param origin where it goes
 * @param template what all requests of a check have in common
 * @param authority Host header
 * @param path with its query
 * @param bytes all of it in octets; read only, for a duplicate to be sent
 */
record HttpRequest(Origin origin, Template template, String authority, String path, ByteBuffer bytes) {

    /**
     * What all requests of a check have in common.
     *
     * @param protocol version
     * @param method such as GET
     * @param header further fields
     * @param body text of a body, may be empty
     * @param gzip whether compression is asked for
     */
    record Template(Protocol protocol, String method, List<HeaderField> header, String body, boolean gzip) {

        Template {
            header = List.copyOf(header);
        }

        /** Without what was meant for one server only. */
        Template forStranger() {
            return new Template(protocol, method, List.of(), body, gzip).asGet();
        }

        /** The same as a request that only asks. */
        Template asGet() {
            return new Template(protocol, method.equals("HEAD") ? method : "GET", header, "", gzip);
        }

        byte[] bodyBytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }

        boolean names(String field) {
            return header.stream()
                    .anyMatch(one -> one.name().toLowerCase(Locale.ROOT).equals(field));
        }
    }

    static HttpRequest of(Origin origin, Template template, String virtualhost, String path) {
        var authority = virtualhost.isEmpty() ? origin.authority() : virtualhost;
        var bytes = template.protocol() == Protocol.HTTP_2
                ? Http2Frames.request(origin, template, authority, path)
                : http1(template, authority, path);
        return new HttpRequest(
                origin, template, authority, path, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    /** For messages. */
    String url() {
        return origin.url(path);
    }

    boolean isHead() {
        return template.method().equals("HEAD");
    }

    private static byte[] http1(Template template, String authority, String path) {
        var text = new StringBuilder();
        text.append(template.method() + " " + path + " " + template.protocol().line() + "\r\n");
        text.append("Host: " + authority + "\r\n");
        if (!template.names("user-agent")) {
            text.append("User-Agent: Halcyon\r\n");
        }
        if (template.protocol() != Protocol.HTTP_1_0) {
            text.append("Connection: close\r\n");
        }
        if (template.gzip()) {
            text.append("Accept-Encoding: gzip\r\n");
        }
        for (var field : template.header()) {
            text.append(field.name() + ": " + field.value() + "\r\n");
        }
        var body = template.bodyBytes();
        if (body.length > 0) {
            text.append("Content-Length: " + body.length + "\r\n");
        }
        return joined(text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII), body);
    }

    private static byte[] joined(byte[] head, byte[] body) {
        var all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
