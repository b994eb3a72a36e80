package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every health check keeps to. A plugin's test extends this class and says with which keys its check finds a thing that
 * works, one that does not, and one that never answers.
 *
 * @param <P> the plugin's annotation type
 */
@Timeout(60)
public abstract class HealthCheckContract<P extends Annotation> {

    /** Long enough for anything that answers at all. */
    private static final long AMPLE_MILLIS = 10_000;

    private static final long SHORT_MILLIS = 300;

    /** How long after its limit a run may go on: TERM, two seconds, KILL. */
    private static final Duration LINGERING = Duration.ofSeconds(4);

    protected abstract HealthCheckFactory<P> factory();

    /** Keys of a check that says UP. */
    protected abstract Map<String, Object> working() throws Exception;

    /** Keys of a check that says DOWN within a second. */
    protected abstract Map<String, Object> failing() throws Exception;

    /** Keys of a check whose thing never answers; empty if that cannot be: such a check has to be quick. */
    protected abstract Map<String, Object> hanging() throws Exception;

    /** Keys that contradict each other or do not make sense; empty if there are none. */
    protected abstract Map<String, Object> senseless();

    @Test
    void typeIsAPlainWord() {
        assertThat(factory().type()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void keysAreDescribedByMetatype() {
        var parameters = factory().parameters();
        var metatype = "OSGI-INF/metatype/" + parameters.getName() + ".xml";

        assertThat(parameters.isAnnotation()).isTrue();
        assertThat(parameters.getClassLoader().getResource(metatype))
                .as(metatype)
                .isNotNull();
    }

    @Test
    void whatWorksIsUpWithAReason() throws Exception {
        var result = lookOnce(working(), AMPLE_MILLIS);

        assertThat(result.reason()).isNotBlank().doesNotContain("\n");
        assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
    }

    @Test
    void whatFailsIsDownWithAReason() throws Exception {
        var result = lookOnce(failing(), AMPLE_MILLIS);

        assertThat(result.reason()).isNotBlank().doesNotContain("\n");
        assertThat(result.health()).as(result.reason()).isEqualTo(Health.DOWN);
    }

    @Test
    void aSuccessHasTheSameReasonEveryTime() throws Exception {
        var check = create(working());
        try {
            var first = new OneLook(check).await(AMPLE_MILLIS, LINGERING);
            var second = new OneLook(check).await(AMPLE_MILLIS, LINGERING);
            assertThat(second.reason()).isEqualTo(first.reason());
        } finally {
            check.close();
        }
    }

    @Test
    void successiveRunsMayComeFromDifferentThreads() throws Exception {
        var check = create(working());
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(new OneLook(check).await(AMPLE_MILLIS, LINGERING).health())
                        .isEqualTo(Health.UP);
            }
        } finally {
            check.close();
        }
    }

    @Test
    void whatNeverAnswersEndsSoonAfterItsLimit() throws Exception {
        var keys = hanging();

        var result = lookOnce(keys.isEmpty() ? working() : keys, SHORT_MILLIS);

        assertThat(result.health()).as(result.reason()).isEqualTo(keys.isEmpty() ? Health.UP : Health.DOWN);
    }

    @Test
    void anInterruptEndsARun() throws Exception {
        var keys = hanging();
        var check = create(keys.isEmpty() ? working() : keys);
        try {
            assertThat(new OneLook(check).interruptedWithin(AMPLE_MILLIS, LINGERING))
                    .as("the run ended")
                    .isTrue();
        } finally {
            check.close();
        }
    }

    @Test
    void creatingDoesNotLookAndClosingTwiceIsHarmless() throws Exception {
        var check = create(failing());

        check.close();
        check.close();
    }

    @Test
    void senselessKeysAreRefusedByName() {
        var keys = senseless();
        Assumptions.assumeFalse(keys.isEmpty(), "every combination makes sense");

        assertThatThrownBy(() -> create(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(keys.keySet()).anyMatch(e.toString()::contains));
    }

    private CheckResult lookOnce(Map<String, Object> keys, long timeoutMillis) throws Exception {
        var check = create(keys);
        try {
            return new OneLook(check).await(timeoutMillis, LINGERING);
        } finally {
            check.close();
        }
    }

    private HealthCheck create(Map<String, Object> keys) {
        return factory().create("contract", Keys.of(factory().parameters(), keys));
    }
}
