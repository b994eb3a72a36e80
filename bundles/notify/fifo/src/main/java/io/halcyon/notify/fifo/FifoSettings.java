package io.halcyon.notify.fifo;

import io.halcyon.linux.file.Fifo;
import io.halcyon.linux.process.ExternalCommand;
import org.jspecify.annotations.Nullable;

/**
 * What goes where. Immutable.
 *
 * @param script reader with the FIFO among its arguments, null if others read
 */
record FifoSettings(Fifo fifo, Telling telling, @Nullable ExternalCommand script) {}
