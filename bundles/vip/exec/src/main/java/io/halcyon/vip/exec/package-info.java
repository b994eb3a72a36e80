/** Virtual addresses that commands claim, release and verify. */
@NullMarked
package io.halcyon.vip.exec;

import org.jspecify.annotations.NullMarked;
