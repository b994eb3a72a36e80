package io.halcyon.notify.smtp;

import io.halcyon.spi.keys.KeyValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns keys into an account, or says which key contradicts which. */
final class AccountKeys {

    /** An address as mail servers take it without extensions: no blanks, no angle brackets, ASCII only. */
    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^<>@,;\"\\\\]]+@[!-~&&[^<>@,;\"\\\\]]+");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+");

    /** Also for the name of a variable: somebody may have written the password itself there. */
    private static final String MASK = "***";

    private final SmtpKeys keys;
    private final String hostName;

    private final Function<String, @Nullable String> environment;

    private AccountKeys(SmtpKeys keys, String hostName, Function<String, @Nullable String> environment) {
        this.keys = keys;
        this.hostName = hostName;
        this.environment = environment;
    }

    /**
     * Reads an account.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static Account read(SmtpKeys keys) {
        return read(keys, System::getenv);
    }

    static Account read(SmtpKeys keys, Function<String, @Nullable String> environment) {
        return new AccountKeys(keys, HostName.read(), environment).account();
    }

    private Account account() {
        var tls = Tls.ofWord(keys.smtp_tls());
        return new Account(
                recipients(),
                sender(),
                server(),
                keys.smtp_port() == 0 ? tls.usualPort() : keys.smtp_port(),
                Math.round(keys.smtp_connect_timeout() * 1_000),
                tls,
                caFile(tls),
                login(tls),
                matching(HOST, "smtp.helo.name", orElse(keys.smtp_helo_name(), hostName), "a host name"));
    }

    private List<String> recipients() {
        if (keys.notification_email().length == 0) {
            throw KeyValue.refused("notification.email", "", "at least one address");
        }
        return Arrays.stream(keys.notification_email())
                .map(recipient -> address("notification.email", recipient))
                .toList();
    }

    private String sender() {
        var own = System.getProperty("user.name", "halcyon") + "@" + hostName;
        return address("notification.email.from", orElse(keys.notification_email_from(), own));
    }

    private String server() {
        return matching(HOST, "smtp.server", keys.smtp_server(), "a host name or an IP address");
    }

    private @Nullable Path caFile(Tls tls) {
        var file = keys.smtp_tls_ca_file();
        if (file.isEmpty()) {
            return null;
        }
        if (tls == Tls.NONE) {
            throw KeyValue.refused("smtp.tls.ca.file", file, "nothing while smtp.tls = none");
        }
        if (!Files.isReadable(Path.of(file))) {
            throw KeyValue.refused("smtp.tls.ca.file", file, "a file that can be read");
        }
        return Path.of(file);
    }

    private @Nullable Login login(Tls tls) {
        var user = keys.smtp_user();
        var password = password();
        if (user.isEmpty() && password.isEmpty()) {
            return null;
        }
        if (user.isEmpty()) {
            throw KeyValue.refused("smtp.password", MASK, "nothing without smtp.user");
        }
        if (password.isEmpty()) {
            throw KeyValue.refused("smtp.user", user, "nothing without smtp.password, .file or .env");
        }
        if (tls == Tls.NONE && !isLoopback(keys.smtp_server())) {
            throw KeyValue.refused(
                    "smtp.user",
                    user,
                    "a login only with smtp.tls = starttls or smtps, or to a server on this machine");
        }
        return new Login(user, password);
    }

    private String password() {
        var inline = keys.smtp_password();
        var variable = keys.smtp_password_env();
        if (variable.isEmpty()) {
            return inline;
        }
        if (!inline.isEmpty()) {
            throw KeyValue.refused("smtp.password.env", MASK, "nothing beside smtp.password or smtp.password.file");
        }
        var value = environment.apply(variable);
        if (value == null || value.isEmpty()) {
            throw KeyValue.refused("smtp.password.env", MASK, "the name of an environment variable that is set");
        }
        return value;
    }

    private static String address(String key, String address) {
        return matching(ADDRESS, key, address.strip(), "addresses like ops@example.org");
    }

    private static String matching(Pattern pattern, String key, String value, String allowed) {
        if (!pattern.matcher(value).matches()) {
            throw KeyValue.refused(key, value, allowed);
        }
        return value;
    }

    private static String orElse(String value, String other) {
        return value.isBlank() ? other : value.strip();
    }

    /** By its spelling alone: asking the resolver would be talking to somebody. */
    private static boolean isLoopback(String server) {
        return server.equals("localhost") || server.equals("::1") || server.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
