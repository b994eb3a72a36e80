package io.halcyon.itests.lab.bench;

import java.util.List;

/**
 * What one part of the bench measured.
 *
 * @param notes sentences that a reader of the figures must know
 */
record Section(String name, List<Figure> figures, List<String> notes) {

    Section {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    List<Figure> missed() {
        return figures.stream().filter(figure -> !figure.met()).toList();
    }
}
