/**
 * What messages weigh. Every message carries a header (addresses, operation, key, version) of a fixed size, an assumption of
 * ours that stands for framing and a short key; a message that carries a value adds the value's bytes.
 */

export const HEADER_BYTES = 64
/** An element or a dot inside a value, as it travels. */
export const ELEMENT_BYTES = 8
/** A counter as it travels. */
export const COUNT_BYTES = 8
