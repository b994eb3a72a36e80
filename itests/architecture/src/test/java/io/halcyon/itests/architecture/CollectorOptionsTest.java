package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is measured in a test container is measured with the collector that the launcher starts. */
class CollectorOptionsTest {

    private static final String LAUNCHER = "karaf-assembly/src/main/distribution/bin/halcyon";
    private static final String TEST = "itests/karaf/src/test/java/io/halcyon/itests/karaf/NotifyBurstIT.java";
    private static final Pattern OPTION = Pattern.compile("-XX:[+\\w]+(=\\w+)?");

    @Test
    void burstsAreMeasuredWithTheLaunchersCollector() {
        String launcher = Room.text(Room.root().resolve(LAUNCHER));
        int begin = launcher.indexOf("*' shenandoah')");
        String branch = launcher.substring(begin, launcher.indexOf(";;", begin));
        List<String> options =
                OPTION.matcher(branch).results().map(MatchResult::group).toList();

        assertThat(options).hasSizeGreaterThan(5);
        String test = Room.text(Room.root().resolve(TEST));
        assertThat(options).allMatch(option -> test.contains('"' + option + '"'));
    }
}
