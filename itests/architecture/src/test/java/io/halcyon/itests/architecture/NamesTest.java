package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Impl|Utils?|Helper|Base|(?<!Vip)Manager)(Test)?");
    private static final int MOST_LINES = 300;

    @Test
    void aNameSaysWhatAThingIs() {
        List<String> bad = Room.all().stream()
                .flatMap(room -> room.classes().stream())
                .filter(type -> SAYS_NOTHING.matcher(type.getSimpleName()).matches())
                .map(JavaClass::getName)
                .toList();

        assertThat(bad).isEmpty();
    }

    @Test
    void theRuleFindsWhatItLooksFor() {
        assertThat(List.of("RouterImpl", "StringUtils", "CheckHelper", "AbstractBase", "RouterManager"))
                .allMatch(name -> SAYS_NOTHING.matcher(name).matches());
        assertThat(List.of("NetlinkVipManager", "VipManager", "Database"))
                .noneMatch(name -> SAYS_NOTHING.matcher(name).matches());
    }

    @Test
    void noFileIsLongerThanOneCanRead() throws IOException {
        try (Stream<Path> files = Files.walk(Room.root().resolve("bundles"))) {
            List<Path> sources = files.filter(file -> file.toString().contains("/src/main/java/")
                            && file.toString().endsWith(".java"))
                    .toList();
            assertThat(sources.size()).isGreaterThan(100);
            assertThat(sources.stream().filter(file -> Room.text(file).lines().count() > MOST_LINES))
                    .isEmpty();
        }
    }
}
