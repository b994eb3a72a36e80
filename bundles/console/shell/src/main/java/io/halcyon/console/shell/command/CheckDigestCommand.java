package io.halcyon.console.shell.command;

import io.halcyon.console.shell.page.Page;
import io.halcyon.console.shell.page.PageClient;
import io.halcyon.console.shell.page.PageException;
import io.halcyon.console.shell.page.PageRequest;
import io.halcyon.console.shell.page.Trust;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What keepalived's genhash is for. */
@Service
@Command(
        scope = "check",
        name = "digest",
        description = "Fetches a page as a check of type http or https does, and prints the digest of its body")
public final class CheckDigestCommand extends ReportCommand {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int REDIRECTS_MOST = 10;

    @Argument(index = 0, name = "url", description = "http://HOST/PATH or https://HOST/PATH", required = true)
    private String url = "";

    @Option(
            name = "--virtualhost",
            description = "Host header, and the name that TLS asks for; without it, the URL's host",
            valueToShowInHelp = "HOST")
    private String virtualhost = "";

    @Option(
            name = "--connect",
            description = "Whom to connect to instead, such as 192.0.2.11:8080: a real server",
            valueToShowInHelp = "ADDRESS")
    private String connect = "";

    @Option(name = "--insecure", description = "Take any certificate, as verify = no of a check does")
    private boolean insecure;

    @Option(
            name = "--ca",
            description = "PEM file with the certificates of the known authorities; without it, those of the JDK",
            valueToShowInHelp = "FILE")
    private String ca = "";

    @Option(name = "--sha256", description = "SHA-256 instead of MD5; a check tells them apart by their length")
    private boolean sha256;

    @Option(name = "--redirects", description = "How many redirects are followed, 0 to 10", valueToShowInHelp = "0")
    private int redirects;

    @Option(name = "--any-status", description = "Also if the status is not 200 to 299")
    private boolean anyStatus;

    @Option(
            name = "--verbose",
            description = "Header and length too, and the digest in the last line as genhash has it")
    private boolean verbose;

    @Override
    Report report(Services services) throws PageException, InterruptedException {
        if (redirects < 0 || redirects > REDIRECTS_MOST) {
            throw new IllegalArgumentException(
                    "--redirects " + redirects + " is refused: allowed is 0 to " + REDIRECTS_MOST);
        }
        if (insecure && !ca.isEmpty()) {
            throw new IllegalArgumentException("give either --insecure or --ca");
        }
        Trust trust = insecure ? Trust.anybody() : Trust.authorities(ca);
        Page page = new PageClient(trust, sha256 ? "SHA-256" : "MD5", LIMIT)
                .fetch(PageRequest.of(url, virtualhost, connect), redirects);
        if (!page.isFine() && !anyStatus) {
            throw new IllegalStateException(
                    page.url() + ": HTTP " + page.status()
                            + ", which a check takes only if its status.code says so; --any-status prints the digest all the same");
        }
        return new Report(page, columns -> verbose ? verbose(page) : page.digest() + "\n");
    }

    private static String verbose(Page page) {
        String header = String.join("\n", page.header()).replaceAll("[^ -~\n]", "?");
        return page.url() + " of " + page.address() + "\n" + header + "\n\n" + page.bytes() + " bytes\n"
                + page.algorithm().replace("-", "") + "SUM = " + page.digest() + "\n";
    }
}
