//! Most texts are nothing but letters that anyone can see, and need no care: this finds out many bytes at a
//! time. What to do with the others, it does not know.

/// So many bytes are looked at together; the processor does that in one.
const TOGETHER: usize = 16;

/// Whether every byte of a text is fine. `fine` must look at each byte without a branch (`&`, not `&&`), or the
/// processor looks at one after the other.
#[inline]
pub(crate) fn all(text: &str, fine: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let together = |some: &[u8; TOGETHER]| some.iter().fold(true, |all, byte| all & fine(*byte));
    let (chunks, rest) = bytes.as_chunks::<TOGETHER>();
    if !chunks.iter().all(together) {
        return false;
    }
    match bytes.last_chunk::<TOGETHER>() {
        // Some of these for a second time, which is quicker than the rest alone.
        Some(last) => rest.is_empty() || together(last),
        None => rest.iter().all(|byte| fine(*byte)),
    }
}

/// A letter, a digit, a sign or a space of ASCII.
#[inline]
pub(crate) fn seen(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{all, seen};

    #[test]
    fn one_bad_byte_is_found_wherever_it_is() {
        for length in 0..70 {
            let good = "x".repeat(length);
            assert!(all(&good, seen), "{length}");
            for at in 0..length {
                let mut bad = good.clone();
                bad.replace_range(at..=at, "\n");
                assert!(!all(&bad, seen), "{at} of {length}");
            }
        }
        assert!(!all("é", seen));
    }
}
