-- Whose certificate is believed: certificates of authorities in PEM, or the SHA-256 of one certificate; neither: the authorities of the machine.
alter table exchange_integrations add column authority_certificates text null;
alter table exchange_integrations add column pinned_certificate text null;
