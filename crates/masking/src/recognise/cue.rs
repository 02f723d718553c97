//! Words that announce what follows, used by more than one recogniser.

/// What stands before a number that identifies a thing: an order, an article, a parcel, an amount.
pub(super) const ORDER: &str = concat!(
    r"(?:#|\b(?:order|orders|bestellung|bestellnummer|auftrag|auftragsnummer|kundennummer|rechnung|rechnungsnummer|invoice|tracking|parcel|shipment|awb",
    r"|sku|ean|upc|gtin|isbn|asin|artikel|artikelnummer|article|item|model|modell|serial|serie|ref|reference|sendungsnummer|paketnummer|ticket|case|po|batch",
    r"|commande|facture|colis|suivi|pedido|factura|envio|seguimiento|ordine|fattura|spedizione|bestelling|bestelnummer|factuur|zending",
    r"|pnr|booking|voucher|coupon|code|quantity|qty|menge|transaction|txn|طلب|الطلب|رقم الطلب|فاتوره|شحنه))",
    r"(?: ?(?:numbers?|nummer|numero|num|no|nr|n|id|is|was|ist|est|es|e|de|del|la|el|رقم|هو)\b\.?)*[ .:#°º=-]{0,3}$"
);
