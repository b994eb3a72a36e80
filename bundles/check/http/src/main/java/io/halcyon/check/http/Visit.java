package io.halcyon.check.http;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run: all URLs in turn, each on a connection of its own. Owned by the thread of the run. */
final class Visit {

    private final CheckRun run;
    private final List<Question> questions;
    private final Limits limits;
    private final @Nullable TlsClient tls;
    private int asked;
    private int redirects;

    Visit(CheckRun run, List<Question> questions, Limits limits, @Nullable TlsClient tls) {
        this.run = run;
        this.questions = questions;
        this.limits = limits;
        this.tls = tls;
    }

    void begin() {
        ask(questions.get(asked).request());
    }

    private void ask(HttpRequest request) {
        boolean gzip = request.template().gzip();
        var answer = questions.get(asked).expectation().begin(limits.bodyBytes(), gzip);
        var exchange = new Exchange(request, answer, this);
        var client = tls;
        if (limits.connectMillis() > 0) {
            run.after(limits.connectMillis(), () -> exchange.giveUpConnecting(limits.connectMillis()));
        }
        var target = request.origin().socketAddress();
        if (client == null) {
            run.connect(target, exchange);
        } else {
            client.connect(run, target, request.origin().serverName(), exchange);
        }
    }

    void onRequest(HttpRequest request) {
        run.step("request", request.url());
    }

    /** All of an answer is there. */
    void onAnswer(HttpRequest request, Answer answer) {
        run.step("answer", "HTTP " + answer.status);
        try {
            if (redirects < limits.redirects() && Redirect.isOne(answer)) {
                redirects++;
                ask(Redirect.follow(request, answer));
                return;
            }
            var fault = questions
                    .get(asked)
                    .expectation()
                    .faultOf(answer, limits.bodyBytes(), request.template().gzip());
            if (fault == null) {
                onGoodAnswer(answer);
            } else {
                onFault(request, fault);
            }
        } catch (IOException e) {
            onFault(request, String.valueOf(e.getMessage()));
        }
    }

    /** One failure is enough. */
    void onFault(HttpRequest request, String fault) {
        run.complete(CheckResult.down(request.url() + ": " + fault).withLatency(elapsed()));
    }

    private void onGoodAnswer(Answer answer) {
        asked++;
        redirects = 0;
        if (asked < questions.size()) {
            ask(questions.get(asked).request());
            return;
        }
        run.complete(verdict(answer)
                .withLatency(elapsed())
                .withDetails(Map.of("http.status", Integer.toString(answer.status))));
    }

    private CheckResult verdict(Answer answer) {
        var elapsed = elapsed();
        if (limits.latencyNanos() > 0 && elapsed.toNanos() > limits.latencyNanos()) {
            return CheckResult.degraded("answered as expected, but after " + elapsed.toMillis() + " ms, latency.max is "
                    + Duration.ofNanos(limits.latencyNanos()).toMillis() + " ms");
        }
        return CheckResult.up(
                questions.size() == 1
                        ? questions.get(0).request().url() + ": HTTP " + answer.status
                        : "all " + questions.size() + " URLs answered as expected");
    }

    private Duration elapsed() {
        return Duration.ofNanos(run.elapsedNanos());
    }
}
