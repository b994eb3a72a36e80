package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final AtomicInteger wakes = new AtomicInteger();
    private final Mailbox mailbox = new Mailbox(wakes::incrementAndGet);
    private final List<String> done = new ArrayList<>();

    private CompletableFuture<Boolean> ask(String question) {
        return mailbox.question(() -> done.add(question));
    }

    @Test
    void everyAdditionWakesTheLoop() {
        mailbox.add(() -> {});
        assertThat(wakes).hasValue(1);
        assertThat(mailbox.command(() -> "")).isNotDone();
        assertThat(wakes).hasValue(2);
        assertThat(ask("a")).isNotDone();
        assertThat(wakes).hasValue(3);
    }

    @Test
    void ordersAndCommandsComeInTurn() {
        mailbox.add(() -> done.add("order"));
        CompletableFuture<Boolean> command = mailbox.command(() -> done.add("command"));
        mailbox.add(() -> done.add("another"));

        assertThat(mailbox.runSome()).isFalse();
        assertThat(command).isCompletedWithValue(true);
        assertThat(done).containsExactly("order", "command", "another");
    }

    @Test
    void aQuestionIsNoOrder() {
        CompletableFuture<Boolean> answer = ask("question");

        assertThat(mailbox.runSome()).isFalse();
        assertThat(answer).isNotDone();
        assertThat(mailbox.runQuestions(() -> false)).isFalse();
        assertThat(answer).isCompletedWithValue(true);
    }

    @Test
    void noQuestionIsAnsweredWhileATimerIsDue() {
        CompletableFuture<Boolean> first = ask("a");
        CompletableFuture<Boolean> second = ask("b");

        assertThat(mailbox.runQuestions(() -> true)).isTrue();
        assertThat(first).isNotDone();
        assertThat(mailbox.runQuestions(() -> !done.isEmpty())).isTrue();
        assertThat(first).isDone();
        assertThat(second).isNotDone();
    }

    @Test
    void anOrderThatComesMeanwhileGoesBeforeTheNextQuestion() {
        CompletableFuture<Boolean> first = mailbox.question(() -> {
            mailbox.add(() -> done.add("order"));
            return done.add("first");
        });
        CompletableFuture<Boolean> second = ask("second");

        assertThat(mailbox.runQuestions(() -> false)).isTrue();
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        mailbox.runSome();
        assertThat(mailbox.runQuestions(() -> false)).isFalse();

        assertThat(second).isDone();
        assertThat(done).containsExactly("first", "order", "second");
    }

    @Test
    void whoAsksIsToldWhatFailed() {
        CompletableFuture<String> answer = mailbox.question(() -> {
            throw new IllegalArgumentException("there is none");
        });
        CompletableFuture<Boolean> next = ask("next");

        mailbox.runQuestions(() -> false);

        assertThatThrownBy(answer::join).hasMessageContaining("there is none");
        assertThat(next).isCompletedWithValue(true);
    }
}
