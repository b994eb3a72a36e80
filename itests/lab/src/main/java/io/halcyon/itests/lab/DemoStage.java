package io.halcyon.itests.lab;

import java.nio.file.Path;
import java.util.List;

/** What the demonstration plays with: two hosts with nginx and Halcyon, a mail server, a client that asks. */
final class DemoStage implements AutoCloseable {

    static final String VIP = "192.168.88.50";
    static final Path EXAMPLE = Path.of("config/examples/nginx-pair");

    private final Lab lab;
    private final Capture capture;
    private final Addresses addresses;
    private final Prober pings;
    private final HttpProbe pages;
    private final MailCatcher mails;
    private final Nginx firstNginx;
    private final HalcyonNode first;
    private final HalcyonNode second;

    DemoStage(Path directory) {
        var example = Distribution.root().resolve(EXAMPLE);
        lab = Lab.create("halcyon-demo", directory, 2);
        capture = Capture.of(lab);
        addresses = new Addresses(lab);
        firstNginx = new Nginx(lab.host("h1"));
        firstNginx.start();
        new Nginx(lab.host("h2")).start();
        mails = new MailCatcher().listenFor(lab, "h1", example.resolve("a")).listenFor(lab, "h2", example.resolve("b"));
        pings = new Prober(lab, capture, List.of(VIP));
        pages = new HttpProbe(lab, VIP);
        first = new HalcyonNode(lab, "h1", Distribution.unpacked());
        second = new HalcyonNode(lab, "h2", Distribution.unpacked());
        first.useExample(example.resolve("a"));
        second.useExample(example.resolve("b"));
    }

    Lab lab() {
        return lab;
    }

    Capture capture() {
        return capture;
    }

    Addresses addresses() {
        return addresses;
    }

    Prober pings() {
        return pings;
    }

    HttpProbe pages() {
        return pages;
    }

    MailCatcher mails() {
        return mails;
    }

    Nginx nginx() {
        return firstNginx;
    }

    HalcyonNode first() {
        return first;
    }

    HalcyonNode second() {
        return second;
    }

    @Override
    public void close() {
        first.close();
        second.close();
        pages.close();
        pings.close();
        mails.close();
        addresses.close();
        capture.close();
        lab.close();
    }
}
