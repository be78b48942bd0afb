/**
 * AMP, Twisted's Asynchronous Messaging Protocol, as Evennia's Server speaks it: {@link
 * lychgate.amp.Box boxes} of keys and values, {@link lychgate.amp.AmpMessage asks and answers},
 * {@link lychgate.amp.PackedData compressed values} and the {@link lychgate.amp.PickleReader
 * pickles} in them. Pure: bytes in, values out.
 *
 * <p>A pickle is a program that makes objects. Here it makes none: it is read into strings,
 * numbers, lists and maps, and whatever would be an object of a class becomes a {@link
 * lychgate.amp.Pickled.Opaque} with the class's name. Every length is checked against the bytes
 * that are left before anything is made for it.
 */
@NullMarked
package lychgate.amp;

import org.jspecify.annotations.NullMarked;
