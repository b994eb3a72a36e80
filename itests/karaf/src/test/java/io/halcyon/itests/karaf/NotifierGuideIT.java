package io.halcyon.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/notifier-guide.md} is the code that {@link NotifierHotDeployIT} deploys, word for word. */
class NotifierGuideIT {

    private static final Pattern CODE = Pattern.compile("(?m)^```java\\n(.*?)^```$", Pattern.DOTALL);

    @Test
    void theGuideShowsTheCodeThatIsDeployed() throws IOException {
        Path root = Distribution.root();
        Path folder = root.resolve("itests/karaf/src/test/java/io/halcyon/itests/karaf/notebook");
        List<String> shown = CODE.matcher(Files.readString(root.resolve("docs/notifier-guide.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        List<String> deployed = List.of("NotebookKeys", "NotebookFactory", "Notebook").stream()
                .map(name -> text(folder.resolve(name + ".java")))
                .toList();

        assertThat(shown).isEqualTo(deployed);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replace("io.halcyon.itests.karaf.notebook", "com.example.notebook");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
