package io.halcyon.notify.webhook;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.tls.TlsContext;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to one target. One thread owns it. */
final class Caller {

    private final Target target;
    private final TlsFiles files;
    private final Clock clock;
    private final ExecutorService threads;
    private final HttpClient client;

    private Caller(Target target, TlsFiles files, Clock clock, ExecutorService threads, HttpClient client) {
        this.target = target;
        this.files = files;
        this.clock = clock;
        this.threads = threads;
        this.client = client;
    }

    /**
     * Makes the client.
     *
     * @param files when what it reads was written
     */
    static Caller open(String name, Target target, TlsFiles files, Clock clock) throws DeliveryException {
        var threads = Threads.few("webhook-" + name);
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(target.connectMillis()))
                .executor(threads);
        if (target.isEncrypted()) {
            try {
                builder.sslContext(TlsContext.of(target.tls()).jdk());
            } catch (IllegalArgumentException e) {
                // They were fine when the configuration was read.
                throw new DeliveryException(target.place() + ": " + e.getMessage(), null, true);
            }
        }
        try {
            return new Caller(target, files, clock, threads, builder.build());
        } catch (UncheckedIOException e) {
            // No descriptor is left for its selector.
            throw new DeliveryException(target.place() + ": no client can be made, " + e.getMessage(), null, true);
        }
    }

    TlsFiles files() {
        return files;
    }

    void call(EventRecord event, String body) throws DeliveryException, InterruptedException {
        var answer = new Answer(target, clock);
        var call = client.sendAsync(request(event, body.getBytes(StandardCharsets.UTF_8)), answer);
        try {
            answer.requireTaken(
                    call.get(target.answerMillis(), TimeUnit.MILLISECONDS).body());
        } catch (ExecutionException e) {
            if (!answer.hasBegun()) {
                throw failure(Sentence.of(e.getCause(), target.uri().getHost()));
            }
            answer.requireTaken("");
        } catch (TimeoutException e) {
            call.cancel(true);
            if (!answer.hasBegun()) {
                throw failure("no answer within " + target.answerMillis() + " ms");
            }
            answer.requireTaken("");
        } catch (InterruptedException e) {
            call.cancel(true);
            throw e;
        }
    }

    void close() {
        // From JDK 21 on it can be closed; before, its last thread ends when nobody refers to it.
        if ((Object) client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception ignored) {
                // There is nothing left to do with it.
            }
        }
        threads.shutdown();
    }

    private HttpRequest request(EventRecord event, byte[] body) {
        var request = HttpRequest.newBuilder(target.uri())
                .method(target.method(), BodyPublishers.ofByteArray(body))
                .setHeader("User-Agent", "Halcyon")
                .setHeader("Content-Type", "application/json");
        target.headers().forEach(header -> request.setHeader(header.name(), header.value()));
        var id = event.node().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + event.id();
        request.setHeader("X-Halcyon-Event", id);
        // With the time, because ids begin anew when somebody removes the journal.
        request.setHeader("Idempotency-Key", id + "-" + event.at().toEpochMilli());
        var signature = target.signature();
        if (signature != null) {
            long now = clock.instant().getEpochSecond();
            request.setHeader(Signature.TIMESTAMP, String.valueOf(now));
            request.setHeader(signature.header(), signature.of(now, body));
        }
        return request.build();
    }

    private DeliveryException failure(String words) {
        // Without the cause: its text is not ours.
        return new DeliveryException(target.place() + ": " + target.secrets().shown(words), null, true);
    }
}
