package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.LabException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The program: measures, prints, writes {@code docs/figures.md}, and ends with 1 where a target counts and is missed. */
public final class Bench {

    static final int MET = 0;
    static final int MISSED = 1;
    static final int WRONG_USE = 2;
    static final int BROKEN = 3;

    private final Path page;
    private final Supplier<String> context;
    private final PrintStream out;
    private final PrintStream err;
    private final BiFunction<Part, Progress, Section> measurement;

    Bench(
            Path page,
            Supplier<String> context,
            PrintStream out,
            PrintStream err,
            BiFunction<Part, Progress, Section> measurement) {
        this.page = page;
        this.context = context;
        this.out = out;
        this.err = err;
        this.measurement = measurement;
    }

    /** Exit codes: 0 measured (with {@code --check}: and all targets met), 1 target missed, 2 wrong use, 3 could not measure. */
    public static void main(String[] arguments) {
        var page = Distribution.root().resolve("docs/figures.md");
        System.exit(new Bench(page, Context::now, System.out, System.err, Part::measure).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            return run(Options.parse(arguments));
        } catch (IllegalArgumentException e) {
            err.println("bench: " + e.getMessage());
            return WRONG_USE;
        } catch (LabException e) {
            err.println("bench: cannot measure: " + e.getMessage());
            return BROKEN;
        }
    }

    private int run(Options options) {
        var progress = new Progress(err);
        List<Section> sections = new ArrayList<>();
        for (var part : options.parts()) {
            var section = measurement.apply(part, progress);
            sections.add(section);
            write(section); // what took minutes is not lost when a later part fails
        }
        var figures =
                sections.stream().flatMap(section -> section.figures().stream()).toList();
        out.print(options.json() ? Tables.json(figures) : Tables.text(figures));
        sections.stream().flatMap(section -> section.notes().stream()).forEach(note -> err.println("bench: " + note));
        return verdict(sections, options.check());
    }

    private int verdict(List<Section> sections, boolean check) {
        var missed =
                sections.stream().flatMap(section -> section.missed().stream()).toList();
        missed.forEach(figure -> err.println("bench: missed: " + figure.name() + ": " + Numbers.text(figure.halcyon())
                + " " + figure.unit() + ", target " + figure.target().text()));
        return check && !missed.isEmpty() ? MISSED : MET;
    }

    private void write(Section section) {
        try {
            var old = Files.exists(page) ? Files.readString(page) : "";
            Directories.write(page, FiguresPage.updated(old, context.get(), List.of(section)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
