package io.halcyon.check.http;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of the keys of both types what a check works with; refuses by the name of the key. */
final class KeyReader {

    /** One HTTP/2 frame, and less than the window that every server begins with. */
    private static final int BODY_BYTES_MOST = 16 << 10;

    private final HttpKeys keys;
    private final Origin origin;
    private final HttpRequest.Template template;

    /**
     * @param serverName what TLS tells the server, null for nothing
     * @throws IllegalArgumentException if a value cannot be used
     */
    KeyReader(HttpKeys keys, boolean secure, @Nullable String serverName) {
        this.keys = keys;
        int usual = secure ? 443 : 80;
        int port = keys.connect_port() == 0 ? usual : keys.connect_port();
        this.origin =
                named("connect.ip", keys.connect_ip(), () -> Origin.of(secure, keys.connect_ip(), port, serverName));
        this.template = template();
    }

    List<Question> questions() {
        if (keys.url().length == 0) {
            throw refused("url", "", UrlLine.ALLOWED);
        }
        if (keys.regex().isEmpty()
                && keys.regex_no_match()
                && !Arrays.toString(keys.url()).contains("regex=")) {
            throw refused("regex.no.match", "true", "true only beside regex");
        }
        if (keys.json_pointer().isEmpty() && !keys.json_value().isEmpty()) {
            throw refused("json.value", keys.json_value(), "a value only beside json.pointer");
        }
        var questions = new ArrayList<Question>();
        for (var member : keys.url()) {
            var line = named("url", member, () -> UrlLine.of(member));
            questions.add(new Question(request(line), expectation(line)));
        }
        return questions;
    }

    Limits limits() {
        return new Limits(
                Math.round(keys.connect_timeout() * 1e3),
                keys.redirect_max(),
                keys.body_max(),
                Math.round(keys.latency_max() * 1e9));
    }

    Source source() {
        return Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark())
                .to(origin.socketAddress());
    }

    private HttpRequest.Template template() {
        var method = keys.method();
        if (!method.matches("[A-Z]{1,20}") || method.equals("CONNECT")) {
            throw refused("method", method, "GET, HEAD, POST, OPTIONS or another one in capital letters, not CONNECT");
        }
        var header = new ArrayList<HeaderField>();
        for (var field : keys.header()) {
            // Without the value: it may be a secret.
            header.add(named("header", name(field), () -> HeaderField.of(field)));
        }
        int bodyBytes = keys.body().getBytes(StandardCharsets.UTF_8).length;
        if (bodyBytes > BODY_BYTES_MOST) {
            throw refused("body", "(" + bodyBytes + " bytes)", "at most " + BODY_BYTES_MOST + " bytes");
        }
        var protocol = named("http.protocol", keys.http_protocol(), () -> Protocol.of(keys.http_protocol()));
        return new HttpRequest.Template(protocol, method, header, keys.body(), keys.gzip());
    }

    private static String name(String field) {
        int colon = field.indexOf(':');
        return colon < 0 ? "(no colon)" : field.substring(0, colon);
    }

    private HttpRequest request(UrlLine line) {
        var own = line.word("virtualhost");
        var host = own == null ? keys.virtualhost() : own;
        if (!host.matches("[\\x21-\\x7e&&[^/@?#]]{0,255}")) {
            throw refused("virtualhost", host, "a host name, with a port if need be");
        }
        return HttpRequest.of(origin, template, host, line.path());
    }

    private Expectation expectation(UrlLine line) {
        return new Expectation(codes(line), digest(line), pattern(line), json(line));
    }

    private StatusCodes codes(UrlLine line) {
        var own = line.word("status");
        return own == null
                ? named("status.code", Arrays.toString(keys.status_code()), () -> StatusCodes.of(keys.status_code()))
                : named("url", "... status=" + own, () -> StatusCodes.of(own.split("\\|", -1)));
    }

    private @Nullable BodyDigest digest(UrlLine line) {
        var own = line.word("digest");
        if (own != null) {
            return named("url", "... digest=" + own, () -> BodyDigest.of(own));
        }
        return keys.digest().isEmpty() ? null : named("digest", keys.digest(), () -> BodyDigest.of(keys.digest()));
    }

    private @Nullable BodyPattern pattern(UrlLine line) {
        var own = line.word("regex");
        var expression = own == null ? keys.regex() : own;
        if (expression.isEmpty()) {
            return null;
        }
        if (keys.regex_max_offset() > 0 && keys.regex_max_offset() <= keys.regex_min_offset()) {
            throw refused("regex.max.offset", "" + keys.regex_max_offset(), "0 or a number above regex.min.offset");
        }
        int flags = named(
                "regex.options", Arrays.toString(keys.regex_options()), () -> BodyPattern.flags(keys.regex_options()));
        var pattern = named("regex", expression, () -> BodyPattern.compile(expression, flags));
        return new BodyPattern(pattern, keys.regex_no_match(), keys.regex_min_offset(), keys.regex_max_offset());
    }

    private @Nullable JsonPlace json(UrlLine line) {
        var own = line.word("json");
        if (own != null) {
            int equals = own.indexOf('=');
            var pointer = equals < 0 ? own : own.substring(0, equals);
            var value = equals < 0 ? "" : own.substring(equals + 1);
            return named("url", "... json=" + own, () -> JsonPlace.of(pointer, value));
        }
        return keys.json_pointer().isEmpty()
                ? null
                : named(
                        "json.pointer",
                        keys.json_pointer(),
                        () -> JsonPlace.of(keys.json_pointer(), keys.json_value()));
    }
}
