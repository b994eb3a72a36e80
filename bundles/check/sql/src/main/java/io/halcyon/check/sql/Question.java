package io.halcyon.check.sql;

import io.halcyon.spi.check.Steps;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One question to a database, asked on one thread; another one may end it.
 *
 * <p>Whatever the question is, it is asked on a connection that was told to be for reading only.
 */
final class Question {

    /**
     * What is asked, and who asks.
     *
     * @param user empty for nobody in particular
     */
    record Text(String url, String user, String password, String query) {

        private Properties login() {
            var login = new Properties();
            if (!user.isEmpty()) {
                login.setProperty("user", user);
                login.setProperty("password", password);
            }
            return login;
        }

        @Override
        public String toString() {
            return query;
        }
    }

    /**
     * The first value of the first row.
     *
     * @param row whether there was one
     */
    record Answer(boolean row, @Nullable String value) {}

    private static final int LONGEST_VALUE_BYTES = 64 * 1024;

    private final Driver driver;
    private final Text text;
    private final int limitSeconds;
    private final Steps steps;
    private @Nullable Connection connection;
    private boolean ended;

    Question(Driver driver, Text text, int limitSeconds, Steps steps) {
        this.driver = driver;
        this.text = text;
        this.limitSeconds = limitSeconds;
        this.steps = steps;
    }

    Answer ask() throws SQLException {
        try (var open = driver.connect(text.url, text.login())) {
            if (open == null || !isWanted(open)) {
                throw new SQLException("the driver does not take the URL, or time is over");
            }
            steps.end("connect", "");
            open.setReadOnly(true);
            try (var statement = open.createStatement()) {
                statement.setQueryTimeout(limitSeconds);
                statement.setMaxRows(1);
                statement.setMaxFieldSize(LONGEST_VALUE_BYTES);
                try (var rows = statement.executeQuery(text.query)) {
                    var answer = rows.next() ? new Answer(true, rows.getString(1)) : new Answer(false, null);
                    steps.end("answer", "");
                    return answer;
                }
            }
        }
    }

    private synchronized boolean isWanted(Connection open) {
        connection = open;
        return !ended;
    }

    /** Breaks the connection off: a driver that waits for an answer hears of no interrupt. */
    synchronized void end() {
        ended = true;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is over already.
                ended = true;
            }
        }
    }
}
