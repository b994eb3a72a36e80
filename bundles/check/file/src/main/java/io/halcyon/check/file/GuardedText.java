package io.halcyon.check.file;

/** Text under a regular expression that may take years: reading it ends at a deadline or an interrupt. One thread's. */
final class GuardedText implements CharSequence {

    /** The expression took too long. */
    static final class OutOfTimeException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Looking at the clock costs more than a character. */
    private static final int CHARACTERS_PER_LOOK = 1_000;

    private final CharSequence text;
    private final long deadlineNanos;
    private int characters;

    GuardedText(CharSequence text, long deadlineNanos) {
        this.text = text;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public char charAt(int index) {
        if (++characters % CHARACTERS_PER_LOOK == 0 && isOutOfTime()) {
            throw new OutOfTimeException();
        }
        return text.charAt(index);
    }

    private boolean isOutOfTime() {
        return Thread.currentThread().isInterrupted() || System.nanoTime() - deadlineNanos > 0;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new GuardedText(text.subSequence(start, end), deadlineNanos);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
