//! The papers of exempel/, carried in the program so that the demo needs no files.

/// A paper of the demo world.
#[derive(Clone, Copy, Debug)]
pub struct Papper {
    /// The file's stem.
    pub stam: &'static str,
    /// The file.
    pub json: &'static str,
}

macro_rules! papper {
    ($($stam:literal),+ $(,)?) => {
        &[$(Papper {
            stam: $stam,
            json: include_str!(concat!("../../../../exempel/", $stam, ".json")),
        },)+]
    };
}

/// Every paper, in the order they are imported.
pub static PAPPER: &[Papper] = papper![
    "forsby",
    "uppsala",
    "sandviken",
    "ragunda",
    "strangnas",
    "protokoll",
    "volymer",
    "nns",
    "jobbtorg",
    "helarsekvivalenter",
    "asf",
];
