//! How many connections each address holds.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// The connections held, by address.
pub(super) struct Adresser {
    tak: Option<usize>,
    antal: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A connection that is counted for as long as this lives.
pub(super) struct Inslappt {
    adress: IpAddr,
    antal: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Adresser {
    /// At most `tak` for each address; any number when `None`.
    pub(super) fn ny(tak: Option<usize>) -> Self {
        Self {
            tak,
            antal: Arc::default(),
        }
    }

    /// Counts one more from an address; `None` when it holds all that it may.
    pub(super) fn slapp_in(&self, fran: IpAddr) -> Option<Inslappt> {
        let adress = rakneadress(fran);
        let mut antal = self.antal.lock().unwrap_or_else(PoisonError::into_inner);
        let har = antal.get(&adress).copied().unwrap_or(0);
        if self.tak.is_some_and(|tak| har >= tak) {
            return None;
        }
        antal.insert(adress, har.saturating_add(1));
        Some(Inslappt {
            adress,
            antal: Arc::clone(&self.antal),
        })
    }
}

impl Drop for Inslappt {
    fn drop(&mut self) {
        let mut antal = self.antal.lock().unwrap_or_else(PoisonError::into_inner);
        let kvar = antal.get(&self.adress).map_or(0, |n| n.saturating_sub(1));
        if kvar == 0 {
            antal.remove(&self.adress);
        } else {
            antal.insert(self.adress, kvar);
        }
    }
}

/// What counts as one address: of IPv6 the network, since one computer has the whole of it.
fn rakneadress(fran: IpAddr) -> IpAddr {
    match fran.to_canonical() {
        IpAddr::V6(v6) => {
            let natet = v6.to_bits() & (u128::MAX << 64);
            IpAddr::V6(Ipv6Addr::from_bits(natet))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_so_many_and_gets_them_back_and_others_are_not_touched() {
        let adresser = Adresser::ny(Some(2));
        let en: IpAddr = "192.0.2.1".parse().unwrap();
        let mut inne: Vec<_> = (0..3).filter_map(|_| adresser.slapp_in(en)).collect();
        assert_eq!(inne.len(), 2);
        assert!(
            adresser
                .slapp_in("::ffff:192.0.2.1".parse().unwrap())
                .is_none()
        );
        assert!(adresser.slapp_in("192.0.2.2".parse().unwrap()).is_some());
        inne.pop();
        assert!(adresser.slapp_in(en).is_some());
        drop(inne);
        assert!(adresser.antal.lock().unwrap().is_empty());
        let fri = Adresser::ny(None);
        let alla: Vec<_> = (0..5_000).filter_map(|_| fri.slapp_in(en)).collect();
        assert_eq!(alla.len(), 5_000);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let adresser = Adresser::ny(Some(1));
        let _inne = adresser.slapp_in("2001:db8::1".parse().unwrap());
        assert!(adresser.slapp_in("2001:db8::2".parse().unwrap()).is_none());
        assert!(
            adresser
                .slapp_in("2001:db8:0:1::1".parse().unwrap())
                .is_some()
        );
    }
}
