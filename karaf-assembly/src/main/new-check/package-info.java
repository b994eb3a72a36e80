/** Health check of the type {@code __NAME__}. */
@NullMarked
package __PACKAGE__;

import org.jspecify.annotations.NullMarked;
