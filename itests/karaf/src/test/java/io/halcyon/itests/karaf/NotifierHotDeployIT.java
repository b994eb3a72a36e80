package io.halcyon.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.NotifyService;
import io.halcyon.api.vrrp.RouterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/**
 * The notifier of {@code docs/notifier-guide.md} comes into {@code deploy/}, is replaced there while events come, is taken away and
 * comes back: every event is told once, in order.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NotifierHotDeployIT {

    private static final Pattern CONFIGURATION =
            Pattern.compile("(?m)^```ini\\n(type = notebook\\n.*?)^```$", Pattern.DOTALL);
    private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    @Inject
    private EventSink events;

    @Inject
    private NotifyService notifiers;

    private final Path base = Path.of(System.getProperty("karaf.base", ""));
    private final Path told = base.resolve("data/told.txt").toAbsolutePath();
    private final List<Long> published = new ArrayList<>();

    @Configuration
    public Option[] container() {
        return Container.options(
                "notifier",
                systemProperty("halcyon.test.first")
                        .value(PluginJar.notebook("1.0.0").toString()),
                systemProperty("halcyon.test.second")
                        .value(PluginJar.notebook("1.1.0").toString()));
    }

    @Test
    public void aNotifierTypeComesIsUpdatedUnderLoadGoesAndReturns() throws IOException {
        configure();
        Soon.is("it waits", this::status, now -> now.state().equals("waiting for type notebook"));
        publish(10, () -> {});

        deploy("halcyon.test.first");
        Soon.is("what waited is told", this::ids, published::equals);

        publish(200, () -> deploy("halcyon.test.second"));
        Soon.is("all is told", this::ids, published::equals);
        publish(1, () -> {});
        Soon.is("by the new version", this::last, line -> line.endsWith("(notebook 1.1.0)"));

        Files.delete(base.resolve("deploy/notebook.jar"));
        Soon.is("it waits again", this::status, now -> now.state().equals("waiting for type notebook"));
        publish(10, () -> {});
        assertEquals("nobody is there to tell it", published.subList(0, published.size() - 10), ids());
        deploy("halcyon.test.first");

        Soon.is("nothing was lost meanwhile", this::ids, published::equals);
        assertEquals(0, status().lost());
        assertEquals(0, status().dead());
        assertEquals(List.of(), Errors.logged());
    }

    /** As the guide has it, but for the place of the file and the kinds of events. */
    private void configure() throws IOException {
        var guide = Files.readString(Path.of(System.getProperty("halcyon.test.root"), "docs/notifier-guide.md"));
        var shown = CONFIGURATION.matcher(guide);
        assertTrue("the guide shows a configuration", shown.find());
        Files.writeString(
                base.resolve("etc/io.halcyon.notify-book.cfg"),
                shown.group(1)
                        .replaceFirst("(?m)^file = .*$", "file = " + told)
                        .replaceFirst("(?m)^events = .*$", "events = priority"));
    }

    /** Events as they come in a bad hour; something happens when half of them are out. */
    private void publish(int count, IoAction inTheMiddle) throws IOException {
        for (int i = 0; i < count; i++) {
            if (i == count / 2) {
                inTheMiddle.run();
            }
            published.add(events.publish(
                    new Event.PriorityChange("VI_1", 100, 80 + i % 2, RouterState.MASTER, "event " + i), List.of()));
            LockSupport.parkNanos(EACH_NANOS);
        }
    }

    private interface IoAction {
        void run() throws IOException;
    }

    /** As {@code mv} does it: no half of a jar is ever seen. */
    private void deploy(String jar) throws IOException {
        var copy = base.resolve("data/notebook.jar");
        Files.copy(Path.of(System.getProperty(jar)), copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, base.resolve("deploy/notebook.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private NotifierStatus status() {
        return Soon.is(
                        "the notifier exists",
                        () -> notifiers.notifiers().stream()
                                .filter(each -> each.name().equals("book"))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private List<Long> ids() {
        return lines().map(line -> Long.valueOf(line.split(" ", 2)[0])).toList();
    }

    private String last() {
        return lines().reduce("", (before, line) -> line);
    }

    private Stream<String> lines() {
        try {
            return Files.exists(told) ? Files.readAllLines(told).stream() : Stream.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
