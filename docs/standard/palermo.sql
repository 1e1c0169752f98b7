-- palermo profile on the IC-TIP units, version 0.2.0. Generated: palermo standard schema sql

CREATE TABLE "code_country" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_country" VALUES
  ('ABW', 'Aruba', '', 'read', 'm49'),
  ('AFG', 'Afghanistan', '', 'read', 'm49'),
  ('AGO', 'Angola', '', 'read', 'm49'),
  ('AIA', 'Anguilla', '', 'read', 'm49'),
  ('ALA', 'Åland Islands', '', 'read', 'm49'),
  ('ALB', 'Albania', '', 'read', 'm49'),
  ('AND', 'Andorra', '', 'read', 'm49'),
  ('ANT', 'Netherlands Antilles (until 2010)', '', 'read', 'm49'),
  ('ARE', 'United Arab Emirates', '', 'read', 'm49'),
  ('ARG', 'Argentina', '', 'read', 'm49'),
  ('ARM', 'Armenia', '', 'read', 'm49'),
  ('ASM', 'American Samoa', '', 'read', 'm49'),
  ('ATA', 'Antarctica', '', 'read', 'm49'),
  ('ATF', 'French Southern Territories', '', 'read', 'm49'),
  ('ATG', 'Antigua & Barbuda', '', 'read', 'm49'),
  ('AUS', 'Australia', '', 'read', 'm49'),
  ('AUT', 'Austria', '', 'read', 'm49'),
  ('AZE', 'Azerbaijan', '', 'read', 'm49'),
  ('BDI', 'Burundi', '', 'read', 'm49'),
  ('BEL', 'Belgium', '', 'read', 'm49'),
  ('BEN', 'Benin', '', 'read', 'm49'),
  ('BES', 'Caribbean Netherlands', '', 'read', 'm49'),
  ('BFA', 'Burkina Faso', '', 'read', 'm49'),
  ('BGD', 'Bangladesh', '', 'read', 'm49'),
  ('BGR', 'Bulgaria', '', 'read', 'm49'),
  ('BHR', 'Bahrain', '', 'read', 'm49'),
  ('BHS', 'Bahamas', '', 'read', 'm49'),
  ('BIH', 'Bosnia & Herzegovina', '', 'read', 'm49'),
  ('BLM', 'St. Barthélemy', '', 'read', 'm49'),
  ('BLR', 'Belarus', '', 'read', 'm49'),
  ('BLZ', 'Belize', '', 'read', 'm49'),
  ('BMU', 'Bermuda', '', 'read', 'm49'),
  ('BOL', 'Bolivia', '', 'read', 'm49'),
  ('BRA', 'Brazil', '', 'read', 'm49'),
  ('BRB', 'Barbados', '', 'read', 'm49'),
  ('BRN', 'Brunei', '', 'read', 'm49'),
  ('BTN', 'Bhutan', '', 'read', 'm49'),
  ('BVT', 'Bouvet Island', '', 'read', 'm49'),
  ('BWA', 'Botswana', '', 'read', 'm49'),
  ('CAF', 'Central African Republic', '', 'read', 'm49'),
  ('CAN', 'Canada', '', 'read', 'm49'),
  ('CCK', 'Cocos (Keeling) Islands', '', 'read', 'm49'),
  ('CHE', 'Switzerland', '', 'read', 'm49'),
  ('CHL', 'Chile', '', 'read', 'm49'),
  ('CHN', 'China', '', 'read', 'm49'),
  ('CIV', 'Côte d’Ivoire', '', 'read', 'm49'),
  ('CMR', 'Cameroon', '', 'read', 'm49'),
  ('COD', 'Congo - Kinshasa', '', 'read', 'm49'),
  ('COG', 'Congo - Brazzaville', '', 'read', 'm49'),
  ('COK', 'Cook Islands', '', 'read', 'm49'),
  ('COL', 'Colombia', '', 'read', 'm49'),
  ('COM', 'Comoros', '', 'read', 'm49'),
  ('CPV', 'Cape Verde', '', 'read', 'm49'),
  ('CRI', 'Costa Rica', '', 'read', 'm49'),
  ('CSK', 'Czechoslovakia (until 1992)', '', 'read', 'm49'),
  ('CUB', 'Cuba', '', 'read', 'm49'),
  ('CUW', 'Curaçao', '', 'read', 'm49'),
  ('CXR', 'Christmas Island', '', 'read', 'm49'),
  ('CYM', 'Cayman Islands', '', 'read', 'm49'),
  ('CYP', 'Cyprus', '', 'read', 'm49'),
  ('CZE', 'Czechia', '', 'read', 'm49'),
  ('DDR', 'German Democratic Republic (until 1990)', '', 'read', 'm49'),
  ('DEU', 'Germany', '', 'read', 'm49'),
  ('DJI', 'Djibouti', '', 'read', 'm49'),
  ('DMA', 'Dominica', '', 'read', 'm49'),
  ('DNK', 'Denmark', '', 'read', 'm49'),
  ('DOM', 'Dominican Republic', '', 'read', 'm49'),
  ('DZA', 'Algeria', '', 'read', 'm49'),
  ('ECU', 'Ecuador', '', 'read', 'm49'),
  ('EGY', 'Egypt', '', 'read', 'm49'),
  ('ERI', 'Eritrea', '', 'read', 'm49'),
  ('ESH', 'Western Sahara', '', 'read', 'm49'),
  ('ESP', 'Spain', '', 'read', 'm49'),
  ('EST', 'Estonia', '', 'read', 'm49'),
  ('ETH', 'Ethiopia', '', 'read', 'm49'),
  ('FIN', 'Finland', '', 'read', 'm49'),
  ('FJI', 'Fiji', '', 'read', 'm49'),
  ('FLK', 'Falkland Islands', '', 'read', 'm49'),
  ('FRA', 'France', '', 'read', 'm49'),
  ('FRO', 'Faroe Islands', '', 'read', 'm49'),
  ('FSM', 'Micronesia', '', 'read', 'm49'),
  ('GAB', 'Gabon', '', 'read', 'm49'),
  ('GBR', 'United Kingdom', '', 'read', 'm49'),
  ('GEO', 'Georgia', '', 'read', 'm49'),
  ('GGY', 'Guernsey', '', 'read', 'm49'),
  ('GHA', 'Ghana', '', 'read', 'm49'),
  ('GIB', 'Gibraltar', '', 'read', 'm49'),
  ('GIN', 'Guinea', '', 'read', 'm49'),
  ('GLP', 'Guadeloupe', '', 'read', 'm49'),
  ('GMB', 'Gambia', '', 'read', 'm49'),
  ('GNB', 'Guinea-Bissau', '', 'read', 'm49'),
  ('GNQ', 'Equatorial Guinea', '', 'read', 'm49'),
  ('GRC', 'Greece', '', 'read', 'm49'),
  ('GRD', 'Grenada', '', 'read', 'm49'),
  ('GRL', 'Greenland', '', 'read', 'm49'),
  ('GTM', 'Guatemala', '', 'read', 'm49'),
  ('GUF', 'French Guiana', '', 'read', 'm49'),
  ('GUM', 'Guam', '', 'read', 'm49'),
  ('GUY', 'Guyana', '', 'read', 'm49'),
  ('HKG', 'Hong Kong SAR China', '', 'read', 'm49'),
  ('HMD', 'Heard & McDonald Islands', '', 'read', 'm49'),
  ('HND', 'Honduras', '', 'read', 'm49'),
  ('HRV', 'Croatia', '', 'read', 'm49'),
  ('HTI', 'Haiti', '', 'read', 'm49'),
  ('HUN', 'Hungary', '', 'read', 'm49'),
  ('IDN', 'Indonesia', '', 'read', 'm49'),
  ('IMN', 'Isle of Man', '', 'read', 'm49'),
  ('IND', 'India', '', 'read', 'm49'),
  ('IOT', 'British Indian Ocean Territory', '', 'read', 'm49'),
  ('IRL', 'Ireland', '', 'read', 'm49'),
  ('IRN', 'Iran', '', 'read', 'm49'),
  ('IRQ', 'Iraq', '', 'read', 'm49'),
  ('ISL', 'Iceland', '', 'read', 'm49'),
  ('ISR', 'Israel', '', 'read', 'm49'),
  ('ITA', 'Italy', '', 'read', 'm49'),
  ('JAM', 'Jamaica', '', 'read', 'm49'),
  ('JEY', 'Jersey', '', 'read', 'm49'),
  ('JOR', 'Jordan', '', 'read', 'm49'),
  ('JPN', 'Japan', '', 'read', 'm49'),
  ('KAZ', 'Kazakhstan', '', 'read', 'm49'),
  ('KEN', 'Kenya', '', 'read', 'm49'),
  ('KGZ', 'Kyrgyzstan', '', 'read', 'm49'),
  ('KHM', 'Cambodia', '', 'read', 'm49'),
  ('KIR', 'Kiribati', '', 'read', 'm49'),
  ('KNA', 'St. Kitts & Nevis', '', 'read', 'm49'),
  ('KOR', 'South Korea', '', 'read', 'm49'),
  ('KWT', 'Kuwait', '', 'read', 'm49'),
  ('LAO', 'Laos', '', 'read', 'm49'),
  ('LBN', 'Lebanon', '', 'read', 'm49'),
  ('LBR', 'Liberia', '', 'read', 'm49'),
  ('LBY', 'Libya', '', 'read', 'm49'),
  ('LCA', 'St. Lucia', '', 'read', 'm49'),
  ('LIE', 'Liechtenstein', '', 'read', 'm49'),
  ('LKA', 'Sri Lanka', '', 'read', 'm49'),
  ('LSO', 'Lesotho', '', 'read', 'm49'),
  ('LTU', 'Lithuania', '', 'read', 'm49'),
  ('LUX', 'Luxembourg', '', 'read', 'm49'),
  ('LVA', 'Latvia', '', 'read', 'm49'),
  ('MAC', 'Macao SAR China', '', 'read', 'm49'),
  ('MAF', 'St. Martin', '', 'read', 'm49'),
  ('MAR', 'Morocco', '', 'read', 'm49'),
  ('MCO', 'Monaco', '', 'read', 'm49'),
  ('MDA', 'Moldova', '', 'read', 'm49'),
  ('MDG', 'Madagascar', '', 'read', 'm49'),
  ('MDV', 'Maldives', '', 'read', 'm49'),
  ('MEX', 'Mexico', '', 'read', 'm49'),
  ('MHL', 'Marshall Islands', '', 'read', 'm49'),
  ('MKD', 'North Macedonia', '', 'read', 'm49'),
  ('MLI', 'Mali', '', 'read', 'm49'),
  ('MLT', 'Malta', '', 'read', 'm49'),
  ('MMR', 'Myanmar (Burma)', '', 'read', 'm49'),
  ('MNE', 'Montenegro', '', 'read', 'm49'),
  ('MNG', 'Mongolia', '', 'read', 'm49'),
  ('MNP', 'Northern Mariana Islands', '', 'read', 'm49'),
  ('MOZ', 'Mozambique', '', 'read', 'm49'),
  ('MRT', 'Mauritania', '', 'read', 'm49'),
  ('MSR', 'Montserrat', '', 'read', 'm49'),
  ('MTQ', 'Martinique', '', 'read', 'm49'),
  ('MUS', 'Mauritius', '', 'read', 'm49'),
  ('MWI', 'Malawi', '', 'read', 'm49'),
  ('MYS', 'Malaysia', '', 'read', 'm49'),
  ('MYT', 'Mayotte', '', 'read', 'm49'),
  ('NAM', 'Namibia', '', 'read', 'm49'),
  ('NCL', 'New Caledonia', '', 'read', 'm49'),
  ('NER', 'Niger', '', 'read', 'm49'),
  ('NFK', 'Norfolk Island', '', 'read', 'm49'),
  ('NGA', 'Nigeria', '', 'read', 'm49'),
  ('NIC', 'Nicaragua', '', 'read', 'm49'),
  ('NIU', 'Niue', '', 'read', 'm49'),
  ('NLD', 'Netherlands', '', 'read', 'm49'),
  ('NOR', 'Norway', '', 'read', 'm49'),
  ('NPL', 'Nepal', '', 'read', 'm49'),
  ('NRU', 'Nauru', '', 'read', 'm49'),
  ('NZL', 'New Zealand', '', 'read', 'm49'),
  ('OMN', 'Oman', '', 'read', 'm49'),
  ('PAK', 'Pakistan', '', 'read', 'm49'),
  ('PAN', 'Panama', '', 'read', 'm49'),
  ('PCN', 'Pitcairn Islands', '', 'read', 'm49'),
  ('PER', 'Peru', '', 'read', 'm49'),
  ('PHL', 'Philippines', '', 'read', 'm49'),
  ('PLW', 'Palau', '', 'read', 'm49'),
  ('PNG', 'Papua New Guinea', '', 'read', 'm49'),
  ('POL', 'Poland', '', 'read', 'm49'),
  ('PRI', 'Puerto Rico', '', 'read', 'm49'),
  ('PRK', 'North Korea', '', 'read', 'm49'),
  ('PRT', 'Portugal', '', 'read', 'm49'),
  ('PRY', 'Paraguay', '', 'read', 'm49'),
  ('PSE', 'Palestinian Territories', '', 'read', 'm49'),
  ('PYF', 'French Polynesia', '', 'read', 'm49'),
  ('QAT', 'Qatar', '', 'read', 'm49'),
  ('REU', 'Réunion', '', 'read', 'm49'),
  ('ROU', 'Romania', '', 'read', 'm49'),
  ('RUS', 'Russia', '', 'read', 'm49'),
  ('RWA', 'Rwanda', '', 'read', 'm49'),
  ('SAU', 'Saudi Arabia', '', 'read', 'm49'),
  ('SCG', 'Serbia and Montenegro (until 2006)', '', 'read', 'm49'),
  ('SDN', 'Sudan', '', 'read', 'm49'),
  ('SEN', 'Senegal', '', 'read', 'm49'),
  ('SGP', 'Singapore', '', 'read', 'm49'),
  ('SGS', 'South Georgia & South Sandwich Islands', '', 'read', 'm49'),
  ('SHN', 'St. Helena', '', 'read', 'm49'),
  ('SJM', 'Svalbard & Jan Mayen', '', 'read', 'm49'),
  ('SLB', 'Solomon Islands', '', 'read', 'm49'),
  ('SLE', 'Sierra Leone', '', 'read', 'm49'),
  ('SLV', 'El Salvador', '', 'read', 'm49'),
  ('SMR', 'San Marino', '', 'read', 'm49'),
  ('SOM', 'Somalia', '', 'read', 'm49'),
  ('SPM', 'St. Pierre & Miquelon', '', 'read', 'm49'),
  ('SRB', 'Serbia', '', 'read', 'm49'),
  ('SSD', 'South Sudan', '', 'read', 'm49'),
  ('STP', 'São Tomé & Príncipe', '', 'read', 'm49'),
  ('SUN', 'Soviet Union (until 1991)', '', 'read', 'm49'),
  ('SUR', 'Suriname', '', 'read', 'm49'),
  ('SVK', 'Slovakia', '', 'read', 'm49'),
  ('SVN', 'Slovenia', '', 'read', 'm49'),
  ('SWE', 'Sweden', '', 'read', 'm49'),
  ('SWZ', 'Eswatini', '', 'read', 'm49'),
  ('SXM', 'Sint Maarten', '', 'read', 'm49'),
  ('SYC', 'Seychelles', '', 'read', 'm49'),
  ('SYR', 'Syria', '', 'read', 'm49'),
  ('TCA', 'Turks & Caicos Islands', '', 'read', 'm49'),
  ('TCD', 'Chad', '', 'read', 'm49'),
  ('TGO', 'Togo', '', 'read', 'm49'),
  ('THA', 'Thailand', '', 'read', 'm49'),
  ('TJK', 'Tajikistan', '', 'read', 'm49'),
  ('TKL', 'Tokelau', '', 'read', 'm49'),
  ('TKM', 'Turkmenistan', '', 'read', 'm49'),
  ('TLS', 'Timor-Leste', '', 'read', 'm49'),
  ('TON', 'Tonga', '', 'read', 'm49'),
  ('TTO', 'Trinidad & Tobago', '', 'read', 'm49'),
  ('TUN', 'Tunisia', '', 'read', 'm49'),
  ('TUR', 'Türkiye', '', 'read', 'm49'),
  ('TUV', 'Tuvalu', '', 'read', 'm49'),
  ('TWN', 'Taiwan', '', 'read', 'm49'),
  ('TZA', 'Tanzania', '', 'read', 'm49'),
  ('UGA', 'Uganda', '', 'read', 'm49'),
  ('UKR', 'Ukraine', '', 'read', 'm49'),
  ('UMI', 'U.S. Outlying Islands', '', 'read', 'm49'),
  ('URY', 'Uruguay', '', 'read', 'm49'),
  ('USA', 'United States', '', 'read', 'm49'),
  ('UZB', 'Uzbekistan', '', 'read', 'm49'),
  ('VAT', 'Vatican City', '', 'read', 'm49'),
  ('VCT', 'St. Vincent & Grenadines', '', 'read', 'm49'),
  ('VEN', 'Venezuela', '', 'read', 'm49'),
  ('VGB', 'British Virgin Islands', '', 'read', 'm49'),
  ('VIR', 'U.S. Virgin Islands', '', 'read', 'm49'),
  ('VNM', 'Vietnam', '', 'read', 'm49'),
  ('VUT', 'Vanuatu', '', 'read', 'm49'),
  ('WLF', 'Wallis & Futuna', '', 'read', 'm49'),
  ('WSM', 'Samoa', '', 'read', 'm49'),
  ('X68', 'Sark', '', 'read', 'm49'),
  ('XKX', 'Kosovo (under UN Security Council resolution 1244)', '', 'read', 'm49'),
  ('XXA', 'Stateless', '', 'read', 'm49'),
  ('YEM', 'Yemen', '', 'read', 'm49'),
  ('YUG', 'Yugoslavia (until 1992)', '', 'read', 'm49'),
  ('ZAF', 'South Africa', '', 'read', 'm49'),
  ('ZMB', 'Zambia', '', 'read', 'm49'),
  ('ZWE', 'Zimbabwe', '', 'read', 'm49'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_act" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_act" VALUES
  ('recruitment', 'Recruitment', 'Drawing a person into a situation that leads to exploitation', 'read', 'protocol-3'),
  ('transportation', 'Transportation', 'Moving a person from one place to another', 'read', 'protocol-3'),
  ('transfer', 'Transfer', 'Handing a person over to another carrier or controller', 'read', 'protocol-3'),
  ('harbouring', 'Harbouring', 'Giving shelter to a person or hiding the person', 'read', 'protocol-3'),
  ('receipt', 'Receipt', 'Taking a person in from someone else', 'read', 'protocol-3'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_means" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_means" VALUES
  ('force-or-threat', 'Threat or use of force', 'Violence or the threat of it', 'read', 'protocol-3'),
  ('other-coercion', 'Other forms of coercion', 'Pressure that is not physical force', 'read', 'protocol-3'),
  ('abduction', 'Abduction', 'Taking a person away unlawfully', 'read', 'protocol-3'),
  ('fraud', 'Fraud', 'A dishonest trick by which the person is obtained', 'read', 'protocol-3'),
  ('deception', 'Deception', 'False belief created about the work, the place or the conditions', 'read', 'protocol-3'),
  ('abuse-of-power', 'Abuse of power', 'Use of authority over the person', 'read', 'protocol-3'),
  ('abuse-of-vulnerability', 'Abuse of a position of vulnerability', 'Use of a situation that leaves the person no acceptable choice', 'read', 'protocol-3'),
  ('payment-for-control', 'Payments or benefits to a person in control', 'Paying or rewarding someone who controls the person', 'read', 'protocol-3'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_purpose" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_purpose" VALUES
  ('sexual', 'Sexual exploitation', 'Exploitation of the prostitution of others or other forms of sexual exploitation', 'read', 'protocol-3'),
  ('forced-labour', 'Forced labour or services', 'Work or service under threat of a penalty, not offered voluntarily (ILO C29)', 'read', 'protocol-3'),
  ('slavery', 'Slavery or practices similar to slavery', 'Control as over property, debt bondage, serfdom, servile marriage, sale of children (1926 and 1956 Conventions)', 'read', 'protocol-3'),
  ('servitude', 'Servitude', 'Labour or service that the person can neither leave nor change', 'read', 'protocol-3'),
  ('organ-removal', 'Removal of organs', 'Organs taken for exploitation', 'read', 'protocol-3'),
  ('other', 'Other exploitation', 'The Protocol''s list is a minimum; national law may add to it', 'read', 'protocol-3'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_form_of_exploitation" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_form_of_exploitation" VALUES
  ('sexual', 'Sexual exploitation', 'The prostitution of others, pornography and other sexual exploitation', 'read', 'htcds-2.0'),
  ('forced-labour', 'Forced labour', 'Work or service under threat of a penalty, not offered voluntarily (ILO C29)', 'read', 'htcds-2.0'),
  ('slavery-or-similar', 'Slavery or similar practices', 'Control as over property, and practices likened to it, such as debt bondage and serfdom', 'programs', 'ctdc-2020'),
  ('servitude', 'Servitude', 'Labour or service that the person can neither leave nor change', 'read', 'htcds-2.0'),
  ('organ-removal', 'Organ removal', 'An organ taken, or to be taken, for exploitation', 'read', 'htcds-2.0'),
  ('forced-marriage', 'Forced marriage', 'Marriage without free and full consent', 'read', 'htcds-2.0'),
  ('forced-begging', 'Forced begging', 'A kind of labour in older CTDC files', 'read', 'htcds-2.0'),
  ('forced-criminality', 'Forced criminality', 'Not in HTCDS; illicit activities, a kind of labour, in older CTDC files', 'project', 'project'),
  ('forced-military', 'Forced military service by non-State actors', 'Service in an armed group that is not the State''s, against the person''s will', 'read', 'htcds-2.0'),
  ('illegal-adoption', 'Forced or illegal adoption', 'Adoption by force or against the law', 'read', 'htcds-2.0'),
  ('surrogacy', 'Forced surrogacy', 'Bearing a child for others, by force', 'read', 'htcds-2.0'),
  ('child-labour', 'Child labour', 'In HTCDS only', 'read', 'htcds-2.0'),
  ('other', 'Other exploitation', 'A form that no other code names', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_labour_sector" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_labour_sector" VALUES
  ('agriculture', 'Agriculture', 'ISIC division 01: no forestry, no fishing', 'read', 'ctdc-2024'),
  ('aquafarming', 'Aquafarming', 'Rearing of fish and of other animals and plants in water', 'programs', 'ctdc-2020'),
  ('begging', 'Begging', 'Asking the public for money or goods', 'programs', 'ctdc-2020'),
  ('construction', 'Construction', 'Building, and the trades of building', 'programs', 'ctdc-2020'),
  ('domestic-work', 'Domestic work', 'Work in or for a private household', 'programs', 'ctdc-2020'),
  ('hospitality', 'Hospitality', 'Hotels, restaurants, bars and catering', 'programs', 'ctdc-2020'),
  ('illicit-activities', 'Illicit activities', 'Work that the law forbids, such as theft or growing drugs', 'programs', 'ctdc-2020'),
  ('manufacturing', 'Manufacturing', 'Making goods in factories and workshops', 'programs', 'ctdc-2020'),
  ('mining-or-drilling', 'Mining or drilling', 'Extraction of minerals, oil or gas', 'programs', 'ctdc-2020'),
  ('peddling', 'Peddling', 'Selling goods in the street or from door to door', 'programs', 'ctdc-2020'),
  ('transportation', 'Transportation', 'Carrying people or goods', 'programs', 'ctdc-2020'),
  ('other', 'Other sector', 'A sector that no other code names', 'programs', 'ctdc-2020'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_sexual_form" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_sexual_form" VALUES
  ('prostitution', 'Prostitution', 'Exploitation of the person''s prostitution', 'programs', 'ctdc-2020'),
  ('pornography', 'Pornography', 'Sexual images or films of the person', 'programs', 'ctdc-2020'),
  ('remote-interactive-services', 'Remote interactive services', 'Sexual acts shown live at a distance', 'programs', 'ctdc-2020'),
  ('private-sexual-services', 'Private sexual services', 'As CTDC names it; no definition was found', 'programs', 'ctdc-2020'),
  ('other', 'Other sexual exploitation', 'A type that no other code names', 'programs', 'ctdc-2021'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_means_of_control" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_means_of_control" VALUES
  ('debt-bondage', 'Debt bondage', 'Work to pay off a real or alleged debt', 'read', 'htcds-2.0'),
  ('takes-earnings', 'Takes earnings', 'Pay taken in order to control', 'read', 'htcds-2.0'),
  ('restricts-financial-access', 'Restricts access to money', 'Own money, or money to live on, kept out of reach', 'read', 'htcds-2.0'),
  ('threats', 'Threats', 'Threats to the person, the family or others', 'read', 'htcds-2.0'),
  ('threat-of-law-enforcement', 'Threat of law enforcement', 'Threat to call the police or immigration', 'read', 'htcds-2.0'),
  ('psychological-abuse', 'Psychological abuse', 'Emotional abuse, manipulation or shaming', 'read', 'htcds-2.0'),
  ('physical-abuse', 'Physical abuse', 'Acts that cause injury, pain or death, and are not sexual', 'read', 'htcds-2.0'),
  ('sexual-abuse', 'Sexual abuse', 'Used to control; not the purpose', 'read', 'htcds-2.0'),
  ('false-promises', 'False promises', 'Tricked into the situation', 'read', 'htcds-2.0'),
  ('psychoactive-substances', 'Psychoactive substances', 'Drugs or alcohol used to control, or an addiction exploited', 'read', 'htcds-2.0'),
  ('restricts-movement', 'Restricts movement', 'Missing in the picklist of HTCDS and defined among its variables', 'read', 'htcds-2.0'),
  ('restricts-medical-care', 'Restricts medical care', 'Health care withheld or supervised', 'read', 'htcds-2.0'),
  ('excessive-working-hours', 'Excessive working hours', 'Hours far beyond what was agreed', 'read', 'htcds-2.0'),
  ('uses-children', 'Uses children', 'Missing in the picklist of HTCDS and defined among its variables', 'read', 'htcds-2.0'),
  ('withholds-necessities', 'Withholds necessities', 'Food, water, shelter or hygiene denied', 'read', 'htcds-2.0'),
  ('withholds-documents', 'Withholds documents', 'Identity or other legal papers kept', 'read', 'htcds-2.0'),
  ('other', 'Other means', 'A way to control that no other code names', 'read', 'htcds-2.0'),
  ('debt-bondage-or-takes-earnings', 'Debt bondage or takes earnings', 'Two means that newer CTDC files do not tell apart', 'read', 'ctdc-2024'),
  ('threats-of-any-kind', 'Threats of any kind', 'Threats, also of law enforcement or by means of children, which newer CTDC files do not tell apart', 'read', 'ctdc-2024'),
  ('abuse-of-any-kind', 'Psychological, physical or sexual abuse', 'Three means that newer CTDC files do not tell apart', 'read', 'ctdc-2024'),
  ('denies-basic-needs', 'Denies basic needs', 'Restricts money, movement or medical care, or withholds necessities; newer CTDC files do not tell them apart', 'read', 'ctdc-2024'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_duration_band" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_duration_band" VALUES
  ('0-12', 'Up to 12 months', 'Trafficking that lasted a year or less', 'programs', 'ctdc-2021'),
  ('13-24', '13 to 24 months', 'Trafficking that lasted into its second year', 'programs', 'ctdc-2021'),
  ('25-60', '25 to 60 months', 'Trafficking that lasted over two and up to five years', 'programs', 'ctdc-2021'),
  ('61+', '61 months or more', 'Trafficking that lasted over five years', 'programs', 'ctdc-2021'),
  ('25+', '25 months or more', 'Newer releases do not split it', 'read', 'ctdc-2024'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_yes_no" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_yes_no" VALUES
  ('yes', 'Yes', 'The source says yes', 'project', 'project'),
  ('no', 'No', 'The source says no; an empty cell does not say it', 'project', 'project'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_border_crossing" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_border_crossing" VALUES
  ('domestic', 'Within one country', 'No border was crossed for the trafficking', 'recalled', 'ic-tip-profile'),
  ('cross-border', 'Across a border', 'At least one border was crossed for the trafficking', 'recalled', 'ic-tip-profile'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_recruitment_method" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_recruitment_method" VALUES
  ('place-of-business', 'At a place of business', 'Approached in a shop, bar, agency or other business', 'read', 'htcds-2.0'),
  ('educational-institution', 'At an educational institution', 'Approached in a school, college or training centre', 'read', 'htcds-2.0'),
  ('work', 'At work', 'Approached at the place of work', 'read', 'htcds-2.0'),
  ('online-social-network', 'Through online social networks', 'Approached over a social network or messenger', 'read', 'htcds-2.0'),
  ('online-advertisement', 'Through an online advertisement', 'Answered an advertisement on the internet', 'read', 'htcds-2.0'),
  ('television-advertisement', 'Through a television advert', 'Answered an advertisement on television', 'read', 'htcds-2.0'),
  ('newspaper-advertisement', 'Through a newspaper advert', 'Answered an advertisement in print', 'read', 'htcds-2.0'),
  ('family', 'Through family or family events', 'Approached through relatives or at a family event', 'read', 'htcds-2.0'),
  ('friends', 'Through friends or social events', 'Approached through friends or at a social event', 'read', 'htcds-2.0'),
  ('other', 'Other method', 'A method that no other code names', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_online_platform" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_online_platform" VALUES
  ('facebook', 'Facebook', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('instagram', 'Instagram', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('whatsapp', 'WhatsApp', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('telegram', 'Telegram', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('facebook-messenger', 'Facebook Messenger', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('viber', 'Viber', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('snapchat', 'SnapChat', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('line', 'Line', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('4sale', '4Sale', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('wechat', 'WeChat', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('qq', 'QQ', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('qzone', 'QZone', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('tiktok', 'TikTok', 'Named by HTCDS', 'read', 'htcds-2.0'),
  ('twitter', 'Twitter', 'Named by HTCDS, under its name of 2021', 'read', 'htcds-2.0'),
  ('other', 'Other website or app', 'One that no other code names', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_isic_section" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_isic_section" VALUES
  ('a', 'Agriculture, forestry and fishing', 'Section A of ISIC Rev.4', 'read', 'isic-4'),
  ('b', 'Mining and quarrying', 'Section B of ISIC Rev.4', 'read', 'isic-4'),
  ('c', 'Manufacturing', 'Section C of ISIC Rev.4', 'read', 'isic-4'),
  ('d', 'Electricity, gas, steam and air conditioning supply', 'Section D of ISIC Rev.4', 'read', 'isic-4'),
  ('e', 'Water supply; sewerage, waste management and remediation activities', 'Section E of ISIC Rev.4', 'read', 'isic-4'),
  ('f', 'Construction', 'Section F of ISIC Rev.4', 'read', 'isic-4'),
  ('g', 'Wholesale and retail trade; repair of motor vehicles and motorcycles', 'Section G of ISIC Rev.4', 'read', 'isic-4'),
  ('h', 'Transportation and storage', 'Section H of ISIC Rev.4', 'read', 'isic-4'),
  ('i', 'Accommodation and food service activities', 'Section I of ISIC Rev.4', 'read', 'isic-4'),
  ('j', 'Information and communication', 'Section J of ISIC Rev.4', 'read', 'isic-4'),
  ('k', 'Financial and insurance activities', 'Section K of ISIC Rev.4', 'read', 'isic-4'),
  ('l', 'Real estate activities', 'Section L of ISIC Rev.4', 'read', 'isic-4'),
  ('m', 'Professional, scientific and technical activities', 'Section M of ISIC Rev.4', 'read', 'isic-4'),
  ('n', 'Administrative and support service activities', 'Section N of ISIC Rev.4', 'read', 'isic-4'),
  ('o', 'Public administration and defence; compulsory social security', 'Section O of ISIC Rev.4', 'read', 'isic-4'),
  ('p', 'Education', 'Section P of ISIC Rev.4', 'read', 'isic-4'),
  ('q', 'Human health and social work activities', 'Section Q of ISIC Rev.4', 'read', 'isic-4'),
  ('r', 'Arts, entertainment and recreation', 'Section R of ISIC Rev.4', 'read', 'isic-4'),
  ('s', 'Other service activities', 'Section S of ISIC Rev.4', 'read', 'isic-4'),
  ('t', 'Activities of households as employers; undifferentiated goods- and services-producing activities of households for own use', 'Section T of ISIC Rev.4', 'read', 'isic-4'),
  ('u', 'Activities of extraterritorial organizations and bodies', 'Section U of ISIC Rev.4', 'read', 'isic-4'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_age_band" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_age_band" VALUES
  ('00-08', '0 to 8', '0 to 8 completed years', 'read', 'ctdc-2024'),
  ('09-17', '9 to 17', '9 to 17 completed years', 'read', 'ctdc-2024'),
  ('18-20', '18 to 20', '18 to 20 completed years', 'read', 'ctdc-2024'),
  ('21-23', '21 to 23', '21 to 23 completed years', 'read', 'ctdc-2024'),
  ('24-26', '24 to 26', '24 to 26 completed years', 'read', 'ctdc-2024'),
  ('27-29', '27 to 29', '27 to 29 completed years', 'read', 'ctdc-2024'),
  ('30-38', '30 to 38', '30 to 38 completed years', 'read', 'ctdc-2024'),
  ('39-47', '39 to 47', '39 to 47 completed years', 'read', 'ctdc-2024'),
  ('48+', '48 and over', '48 completed years or more', 'read', 'ctdc-2024'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_age_group" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_age_group" VALUES
  ('child', 'Under 18', 'A child in the sense of article 3 (d) of the Protocol', 'read', 'protocol-3'),
  ('adult', '18 and over', '18 completed years or more', 'read', 'protocol-3'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_sex" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_sex" VALUES
  ('female', 'Female', 'Recorded as female', 'programs', 'glotip-2023'),
  ('male', 'Male', 'Recorded as male', 'programs', 'glotip-2023'),
  ('other', 'Other', 'Recorded as neither female nor male', 'programs', 'glotip-2023'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_gender" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_gender" VALUES
  ('female', 'Female', 'Feminine in HTCDS, Woman in newer CTDC files', 'read', 'htcds-2.0'),
  ('male', 'Male', 'Masculine in HTCDS, Man in newer CTDC files', 'read', 'htcds-2.0'),
  ('transgender-or-non-conforming', 'Transgender or non-conforming', 'CTDC does not split further, for privacy', 'read', 'ctdc-2024'),
  ('trans-feminine', 'Transgender feminine', 'Transgender Feminine in HTCDS', 'read', 'htcds-2.0'),
  ('trans-masculine', 'Transgender masculine', 'Transgender Masculine in HTCDS', 'read', 'htcds-2.0'),
  ('non-conforming', 'Non-conforming', 'Non-Conforming in HTCDS', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_status" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_status" VALUES
  ('flagged', 'Flagged', 'Somebody saw signs; nobody has examined them', 'project', 'project'),
  ('presumed', 'Presumed victim', 'Reasonable grounds; possible victim in HTCDS', 'project', 'project'),
  ('identified', 'Identified victim', 'Conclusive grounds; actual victim in HTCDS', 'project', 'project'),
  ('detected', 'Detected victim', 'GLOTIP''s term: identified and presumed, which cannot be told apart', 'programs', 'glotip-2023'),
  ('not-confirmed', 'Not confirmed', 'Examined and not found to be a victim', 'project', 'project'),
  ('not-considered', 'Not considered', 'Not examined, for example because the person did not consent', 'project', 'project'),
  ('appealed', 'Appealed', 'The decision is being reviewed', 'project', 'project'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_status_decided_by" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_status_decided_by" VALUES
  ('police', 'Police', 'Police of any level', 'read', 'htcds-2.0'),
  ('ngo', 'Non-governmental organisation', 'Organisation outside government that seeks no profit', 'read', 'htcds-2.0'),
  ('court-or-prosecution', 'Court or prosecution', 'Prosecutor or court', 'read', 'htcds-2.0'),
  ('other-government', 'Other government body', 'A body of government other than police, prosecution and courts', 'read', 'htcds-2.0'),
  ('other', 'Other', 'A kind that no other code names', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_migration_status" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_migration_status" VALUES
  ('family', 'Family migrant', 'The definition in HTCDS repeats that of the visitor by mistake: none is given here', 'read', 'htcds-2.0'),
  ('visitor', 'Visitor or tourist', 'Temporary entry for a visit', 'read', 'htcds-2.0'),
  ('labour', 'Labour migrant', 'Temporary permission to live and work', 'read', 'htcds-2.0'),
  ('student', 'Student migrant', 'Temporary permission to live and study', 'read', 'htcds-2.0'),
  ('irregular', 'Irregular migrant', 'No legal status, through entry, breach or expiry', 'read', 'htcds-2.0'),
  ('asylum-seeker', 'Asylum seeker', 'Seeks protection, registered or not yet', 'read', 'htcds-2.0'),
  ('refugee', 'Refugee', 'Recognised, or likely to meet the criteria', 'read', 'htcds-2.0'),
  ('complementary-protection', 'Recipient of complementary protection', 'May stay for protection outside the Convention of 1951', 'read', 'htcds-2.0'),
  ('stateless', 'Stateless person', 'A national of no State, recognised or likely', 'read', 'htcds-2.0'),
  ('environmental', 'Environmental migrant', 'Moved mainly because the environment changed', 'read', 'htcds-2.0'),
  ('vulnerable', 'Vulnerable migrant', 'Cannot realise rights because several factors meet', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_marital_status" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_marital_status" VALUES
  ('single', 'Single', 'Never married', 'read', 'htcds-2.0'),
  ('married', 'Married', 'Married at registration', 'read', 'htcds-2.0'),
  ('widowed', 'Widowed', 'The spouse has died', 'read', 'htcds-2.0'),
  ('divorced', 'Divorced', 'The marriage was ended by law', 'read', 'htcds-2.0'),
  ('separated', 'Separated', 'Married and living apart', 'read', 'htcds-2.0'),
  ('registered-partnership', 'Registered partnership', 'A partnership registered by law', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_education" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_education" VALUES
  ('early-childhood', 'Early childhood education', 'Level 0 of ISCED 2011', 'read', 'htcds-2.0'),
  ('primary', 'Primary education', 'Level 1 of ISCED 2011', 'read', 'htcds-2.0'),
  ('lower-secondary', 'Lower secondary education', 'Level 2 of ISCED 2011', 'read', 'htcds-2.0'),
  ('upper-secondary', 'Upper secondary education', 'Level 3 of ISCED 2011', 'read', 'htcds-2.0'),
  ('post-secondary', 'Post-secondary non-tertiary education', 'Level 4 of ISCED 2011', 'read', 'htcds-2.0'),
  ('short-tertiary', 'Short-cycle tertiary education', 'Level 5 of ISCED 2011', 'read', 'htcds-2.0'),
  ('bachelor', 'Bachelor’s or equivalent level', 'Level 6 of ISCED 2011', 'read', 'htcds-2.0'),
  ('master', 'Master’s or equivalent level', 'Level 7 of ISCED 2011', 'read', 'htcds-2.0'),
  ('doctor', 'Doctoral or equivalent level', 'Level 8 of ISCED 2011', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_language" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_language" VALUES
  ('aa', 'Afar', '', 'read', 'iso-639'),
  ('ab', 'Abkhazian', '', 'read', 'iso-639'),
  ('ae', 'Avestan', '', 'read', 'iso-639'),
  ('af', 'Afrikaans', '', 'read', 'iso-639'),
  ('ak', 'Akan', '', 'read', 'iso-639'),
  ('am', 'Amharic', '', 'read', 'iso-639'),
  ('an', 'Aragonese', '', 'read', 'iso-639'),
  ('ar', 'Arabic', '', 'read', 'iso-639'),
  ('as', 'Assamese', '', 'read', 'iso-639'),
  ('av', 'Avaric', '', 'read', 'iso-639'),
  ('ay', 'Aymara', '', 'read', 'iso-639'),
  ('az', 'Azerbaijani', '', 'read', 'iso-639'),
  ('ba', 'Bashkir', '', 'read', 'iso-639'),
  ('be', 'Belarusian', '', 'read', 'iso-639'),
  ('bg', 'Bulgarian', '', 'read', 'iso-639'),
  ('bi', 'Bislama', '', 'read', 'iso-639'),
  ('bm', 'Bambara', '', 'read', 'iso-639'),
  ('bn', 'Bangla', '', 'read', 'iso-639'),
  ('bo', 'Tibetan', '', 'read', 'iso-639'),
  ('br', 'Breton', '', 'read', 'iso-639'),
  ('bs', 'Bosnian', '', 'read', 'iso-639'),
  ('ca', 'Catalan', '', 'read', 'iso-639'),
  ('ce', 'Chechen', '', 'read', 'iso-639'),
  ('ch', 'Chamorro', '', 'read', 'iso-639'),
  ('co', 'Corsican', '', 'read', 'iso-639'),
  ('cr', 'Cree', '', 'read', 'iso-639'),
  ('cs', 'Czech', '', 'read', 'iso-639'),
  ('cu', 'Church Slavic', '', 'read', 'iso-639'),
  ('cv', 'Chuvash', '', 'read', 'iso-639'),
  ('cy', 'Welsh', '', 'read', 'iso-639'),
  ('da', 'Danish', '', 'read', 'iso-639'),
  ('de', 'German', '', 'read', 'iso-639'),
  ('dv', 'Divehi', '', 'read', 'iso-639'),
  ('dz', 'Dzongkha', '', 'read', 'iso-639'),
  ('ee', 'Ewe', '', 'read', 'iso-639'),
  ('el', 'Greek', '', 'read', 'iso-639'),
  ('en', 'English', '', 'read', 'iso-639'),
  ('eo', 'Esperanto', '', 'read', 'iso-639'),
  ('es', 'Spanish', '', 'read', 'iso-639'),
  ('et', 'Estonian', '', 'read', 'iso-639'),
  ('eu', 'Basque', '', 'read', 'iso-639'),
  ('fa', 'Persian', '', 'read', 'iso-639'),
  ('ff', 'Fula', '', 'read', 'iso-639'),
  ('fi', 'Finnish', '', 'read', 'iso-639'),
  ('fj', 'Fijian', '', 'read', 'iso-639'),
  ('fo', 'Faroese', '', 'read', 'iso-639'),
  ('fr', 'French', '', 'read', 'iso-639'),
  ('fy', 'Western Frisian', '', 'read', 'iso-639'),
  ('ga', 'Irish', '', 'read', 'iso-639'),
  ('gd', 'Scottish Gaelic', '', 'read', 'iso-639'),
  ('gl', 'Galician', '', 'read', 'iso-639'),
  ('gn', 'Guarani', '', 'read', 'iso-639'),
  ('gu', 'Gujarati', '', 'read', 'iso-639'),
  ('gv', 'Manx', '', 'read', 'iso-639'),
  ('ha', 'Hausa', '', 'read', 'iso-639'),
  ('he', 'Hebrew', '', 'read', 'iso-639'),
  ('hi', 'Hindi', '', 'read', 'iso-639'),
  ('ho', 'Hiri Motu', '', 'read', 'iso-639'),
  ('hr', 'Croatian', '', 'read', 'iso-639'),
  ('ht', 'Haitian Creole', '', 'read', 'iso-639'),
  ('hu', 'Hungarian', '', 'read', 'iso-639'),
  ('hy', 'Armenian', '', 'read', 'iso-639'),
  ('hz', 'Herero', '', 'read', 'iso-639'),
  ('ia', 'Interlingua', '', 'read', 'iso-639'),
  ('id', 'Indonesian', '', 'read', 'iso-639'),
  ('ie', 'Interlingue', '', 'read', 'iso-639'),
  ('ig', 'Igbo', '', 'read', 'iso-639'),
  ('ii', 'Sichuan Yi', '', 'read', 'iso-639'),
  ('ik', 'Inupiaq', '', 'read', 'iso-639'),
  ('io', 'Ido', '', 'read', 'iso-639'),
  ('is', 'Icelandic', '', 'read', 'iso-639'),
  ('it', 'Italian', '', 'read', 'iso-639'),
  ('iu', 'Inuktitut', '', 'read', 'iso-639'),
  ('ja', 'Japanese', '', 'read', 'iso-639'),
  ('jv', 'Javanese', '', 'read', 'iso-639'),
  ('ka', 'Georgian', '', 'read', 'iso-639'),
  ('kg', 'Kongo', '', 'read', 'iso-639'),
  ('ki', 'Kikuyu', '', 'read', 'iso-639'),
  ('kj', 'Kuanyama', '', 'read', 'iso-639'),
  ('kk', 'Kazakh', '', 'read', 'iso-639'),
  ('kl', 'Kalaallisut', '', 'read', 'iso-639'),
  ('km', 'Khmer', '', 'read', 'iso-639'),
  ('kn', 'Kannada', '', 'read', 'iso-639'),
  ('ko', 'Korean', '', 'read', 'iso-639'),
  ('kr', 'Kanuri', '', 'read', 'iso-639'),
  ('ks', 'Kashmiri', '', 'read', 'iso-639'),
  ('ku', 'Kurdish', '', 'read', 'iso-639'),
  ('kv', 'Komi', '', 'read', 'iso-639'),
  ('kw', 'Cornish', '', 'read', 'iso-639'),
  ('ky', 'Kyrgyz', '', 'read', 'iso-639'),
  ('la', 'Latin', '', 'read', 'iso-639'),
  ('lb', 'Luxembourgish', '', 'read', 'iso-639'),
  ('lg', 'Ganda', '', 'read', 'iso-639'),
  ('li', 'Limburgish', '', 'read', 'iso-639'),
  ('ln', 'Lingala', '', 'read', 'iso-639'),
  ('lo', 'Lao', '', 'read', 'iso-639'),
  ('lt', 'Lithuanian', '', 'read', 'iso-639'),
  ('lu', 'Luba-Katanga', '', 'read', 'iso-639'),
  ('lv', 'Latvian', '', 'read', 'iso-639'),
  ('mg', 'Malagasy', '', 'read', 'iso-639'),
  ('mh', 'Marshallese', '', 'read', 'iso-639'),
  ('mi', 'Māori', '', 'read', 'iso-639'),
  ('mk', 'Macedonian', '', 'read', 'iso-639'),
  ('ml', 'Malayalam', '', 'read', 'iso-639'),
  ('mn', 'Mongolian', '', 'read', 'iso-639'),
  ('mr', 'Marathi', '', 'read', 'iso-639'),
  ('ms', 'Malay', '', 'read', 'iso-639'),
  ('mt', 'Maltese', '', 'read', 'iso-639'),
  ('my', 'Burmese', '', 'read', 'iso-639'),
  ('na', 'Nauru', '', 'read', 'iso-639'),
  ('nb', 'Norwegian Bokmål', '', 'read', 'iso-639'),
  ('nd', 'North Ndebele', '', 'read', 'iso-639'),
  ('ne', 'Nepali', '', 'read', 'iso-639'),
  ('ng', 'Ndonga', '', 'read', 'iso-639'),
  ('nl', 'Dutch', '', 'read', 'iso-639'),
  ('nn', 'Norwegian Nynorsk', '', 'read', 'iso-639'),
  ('no', 'Norwegian', '', 'read', 'iso-639'),
  ('nr', 'South Ndebele', '', 'read', 'iso-639'),
  ('nv', 'Navajo', '', 'read', 'iso-639'),
  ('ny', 'Nyanja', '', 'read', 'iso-639'),
  ('oc', 'Occitan', '', 'read', 'iso-639'),
  ('oj', 'Ojibwa', '', 'read', 'iso-639'),
  ('om', 'Oromo', '', 'read', 'iso-639'),
  ('or', 'Odia', '', 'read', 'iso-639'),
  ('os', 'Ossetic', '', 'read', 'iso-639'),
  ('pa', 'Punjabi', '', 'read', 'iso-639'),
  ('pi', 'Pali', '', 'read', 'iso-639'),
  ('pl', 'Polish', '', 'read', 'iso-639'),
  ('ps', 'Pashto', '', 'read', 'iso-639'),
  ('pt', 'Portuguese', '', 'read', 'iso-639'),
  ('qu', 'Quechua', '', 'read', 'iso-639'),
  ('rm', 'Romansh', '', 'read', 'iso-639'),
  ('rn', 'Rundi', '', 'read', 'iso-639'),
  ('ro', 'Romanian', '', 'read', 'iso-639'),
  ('ru', 'Russian', '', 'read', 'iso-639'),
  ('rw', 'Kinyarwanda', '', 'read', 'iso-639'),
  ('sa', 'Sanskrit', '', 'read', 'iso-639'),
  ('sc', 'Sardinian', '', 'read', 'iso-639'),
  ('sd', 'Sindhi', '', 'read', 'iso-639'),
  ('se', 'Northern Sami', '', 'read', 'iso-639'),
  ('sg', 'Sango', '', 'read', 'iso-639'),
  ('si', 'Sinhala', '', 'read', 'iso-639'),
  ('sk', 'Slovak', '', 'read', 'iso-639'),
  ('sl', 'Slovenian', '', 'read', 'iso-639'),
  ('sm', 'Samoan', '', 'read', 'iso-639'),
  ('sn', 'Shona', '', 'read', 'iso-639'),
  ('so', 'Somali', '', 'read', 'iso-639'),
  ('sq', 'Albanian', '', 'read', 'iso-639'),
  ('sr', 'Serbian', '', 'read', 'iso-639'),
  ('ss', 'Swati', '', 'read', 'iso-639'),
  ('st', 'Southern Sotho', '', 'read', 'iso-639'),
  ('su', 'Sundanese', '', 'read', 'iso-639'),
  ('sv', 'Swedish', '', 'read', 'iso-639'),
  ('sw', 'Swahili', '', 'read', 'iso-639'),
  ('ta', 'Tamil', '', 'read', 'iso-639'),
  ('te', 'Telugu', '', 'read', 'iso-639'),
  ('tg', 'Tajik', '', 'read', 'iso-639'),
  ('th', 'Thai', '', 'read', 'iso-639'),
  ('ti', 'Tigrinya', '', 'read', 'iso-639'),
  ('tk', 'Turkmen', '', 'read', 'iso-639'),
  ('tn', 'Tswana', '', 'read', 'iso-639'),
  ('to', 'Tongan', '', 'read', 'iso-639'),
  ('tr', 'Turkish', '', 'read', 'iso-639'),
  ('ts', 'Tsonga', '', 'read', 'iso-639'),
  ('tt', 'Tatar', '', 'read', 'iso-639'),
  ('ty', 'Tahitian', '', 'read', 'iso-639'),
  ('ug', 'Uyghur', '', 'read', 'iso-639'),
  ('uk', 'Ukrainian', '', 'read', 'iso-639'),
  ('ur', 'Urdu', '', 'read', 'iso-639'),
  ('uz', 'Uzbek', '', 'read', 'iso-639'),
  ('ve', 'Venda', '', 'read', 'iso-639'),
  ('vi', 'Vietnamese', '', 'read', 'iso-639'),
  ('vo', 'Volapük', '', 'read', 'iso-639'),
  ('wa', 'Walloon', '', 'read', 'iso-639'),
  ('wo', 'Wolof', '', 'read', 'iso-639'),
  ('xh', 'Xhosa', '', 'read', 'iso-639'),
  ('yi', 'Yiddish', '', 'read', 'iso-639'),
  ('yo', 'Yoruba', '', 'read', 'iso-639'),
  ('za', 'Zhuang', '', 'read', 'iso-639'),
  ('zh', 'Chinese', '', 'read', 'iso-639'),
  ('zu', 'Zulu', '', 'read', 'iso-639'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_case_status" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_case_status" VALUES
  ('active', 'Active', 'Being worked on', 'read', 'htcds-2.0'),
  ('follow-up', 'Follow-up', 'Main work done, contact kept', 'read', 'htcds-2.0'),
  ('closed', 'Closed', 'Ended here', 'read', 'htcds-2.0'),
  ('closed-referred', 'Closed and referred', 'Ended here, since another organisation goes on', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_recruiter_relation" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_recruiter_relation" VALUES
  ('intimate-partner', 'Intimate partner', 'Present or former', 'read', 'ctdc-2024'),
  ('friend', 'Friend or acquaintance', 'A friend, or somebody the victim knew', 'read', 'ctdc-2024'),
  ('family', 'Family or relative', 'Guardians and foster parents included', 'read', 'ctdc-2024'),
  ('other', 'Other', 'Brokers, contractors, employers, smugglers, strangers', 'read', 'ctdc-2024'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_perpetrator_kind" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_perpetrator_kind" VALUES
  ('natural-person', 'Natural person', 'A human being', 'recalled', 'ic-tip-profile'),
  ('legal-person', 'Legal person', 'A company or other body that the law treats as a person', 'recalled', 'ic-tip-profile'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_justice_stage" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_justice_stage" VALUES
  ('suspected', 'Suspected', 'Under suspicion; not arrested', 'recalled', 'ic-tip-profile'),
  ('arrested', 'Arrested', 'Taken into custody', 'recalled', 'ic-tip-profile'),
  ('prosecuted', 'Prosecuted', 'Charged before a court', 'recalled', 'ic-tip-profile'),
  ('convicted', 'Convicted', 'Found guilty, by whatever instance', 'recalled', 'ic-tip-profile'),
  ('acquitted', 'Acquitted', 'Found not guilty', 'recalled', 'ic-tip-profile'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_reporting_entity_type" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_reporting_entity_type" VALUES
  ('police', 'Police', 'Police of any level', 'read', 'htcds-2.0'),
  ('border-guard', 'Border guard', 'Authority that guards the border', 'project', 'project'),
  ('labour-inspectorate', 'Labour inspectorate', 'Authority that inspects places of work', 'project', 'project'),
  ('prosecution', 'Prosecution or court', 'Prosecutor or court', 'project', 'project'),
  ('health', 'Health service', 'Hospital, clinic or other health service', 'project', 'project'),
  ('ngo', 'Non-governmental organisation', 'Organisation outside government that seeks no profit', 'read', 'htcds-2.0'),
  ('international-organisation', 'International organisation', 'Organisation of States, such as IOM', 'read', 'htcds-2.0'),
  ('other', 'Other', 'A kind that no other code names', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_collected_through" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_collected_through" VALUES
  ('case-management', 'Case management', 'Assistance to a person', 'programs', 'ctdc-2020'),
  ('hotline', 'Hotline', 'A call, not verified', 'programs', 'ctdc-2020'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_entity_level" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_entity_level" VALUES
  ('local', 'Local', 'A municipality or district', 'recalled', 'ic-tip-profile'),
  ('regional', 'Regional', 'A region within a country', 'recalled', 'ic-tip-profile'),
  ('national', 'National', 'A whole country', 'recalled', 'ic-tip-profile'),
  ('international', 'International', 'More than one country', 'recalled', 'ic-tip-profile'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_referral_direction" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_referral_direction" VALUES
  ('incoming', 'Incoming', 'Another organisation sent the person here', 'read', 'htcds-2.0'),
  ('outgoing', 'Outgoing', 'This organisation sent the person on', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_referral_reason" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_referral_reason" VALUES
  ('more-services', 'Additional services required', 'The person needs what this organisation does not offer', 'read', 'htcds-2.0'),
  ('change-of-place', 'Migration or change of location', 'The person moves', 'read', 'htcds-2.0'),
  ('other', 'Other reason', 'A reason that no other code names', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_referral_outcome" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_referral_outcome" VALUES
  ('accepted', 'Accepted', 'The other organisation took the person on', 'project', 'project'),
  ('declined', 'Declined', 'The other organisation did not take the person on', 'project', 'project'),
  ('not-attended', 'Not attended', 'The person did not go, or did not want to', 'project', 'project'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_assistance_type" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_assistance_type" VALUES
  ('accommodation', 'Accommodation', 'Shelter or another safe place to stay', 'project', 'project'),
  ('education', 'Education', 'Schooling or training', 'read', 'htcds-2.0'),
  ('financial', 'Financial', 'Money, or what stands for it', 'read', 'htcds-2.0'),
  ('health', 'Health', 'Care of body or mind', 'read', 'htcds-2.0'),
  ('labour-rehabilitation', 'Rehabilitation after labour exploitation', 'Care after labour exploitation', 'read', 'htcds-2.0'),
  ('legal', 'Legal', 'Advice or representation in law', 'read', 'htcds-2.0'),
  ('livelihood', 'Livelihood', 'Work, or the means to live by', 'read', 'htcds-2.0'),
  ('rights-training', 'Training in rights', 'Training on the rights one has', 'read', 'htcds-2.0'),
  ('sexual-rehabilitation', 'Rehabilitation after sexual exploitation', 'Care after sexual exploitation', 'read', 'htcds-2.0'),
  ('social-care', 'Social care', 'Care by a social service', 'read', 'htcds-2.0'),
  ('return', 'Return and reintegration', 'Help to go home and to live there', 'project', 'project'),
  ('other', 'Other assistance', 'A kind that no other code names', 'project', 'project'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_indicator" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_indicator" VALUES
  ('detected-victims', 'Detected victims of trafficking', 'Identified and presumed together; the unit is the person', 'programs', 'glotip-2023'),
  ('offences', 'Offences of trafficking in persons', 'The unit is the offence', 'programs', 'glotip-2023'),
  ('formal-contact', 'Persons brought into formal contact', 'Suspected, arrested or cautioned; the unit is the person', 'programs', 'glotip-2023'),
  ('prosecuted', 'Persons prosecuted', 'The unit is the person', 'programs', 'glotip-2023'),
  ('convicted', 'Persons convicted', 'The unit is the person', 'programs', 'glotip-2023'),
  ('cases', 'Cases of trafficking', 'Cases that an authority deals with, in its own sense; the unit is the case', 'project', 'project'),
  ('arrested', 'Persons arrested', 'The unit is the person', 'programs', 'fbi-ucr'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_dimension" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_dimension" VALUES
  ('total', 'Total', 'No breakdown', 'programs', 'glotip-2023'),
  ('form-of-exploitation', 'By form of exploitation', 'A total broken down by form of exploitation', 'programs', 'glotip-2023'),
  ('citizenship', 'By citizenship', 'A total broken down by country of citizenship', 'programs', 'glotip-2023'),
  ('country-of-repatriation', 'By country of repatriation', 'A total broken down by the country to which victims were returned', 'programs', 'glotip-2023'),
  ('other', 'By something else', 'A breakdown of the source''s own, named in the category', 'project', 'project'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_unit_measure" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_unit_measure" VALUES
  ('number', 'Number', 'A count of persons, cases or offences', 'read', 'sdg-16.2.2'),
  ('per-100000', 'Per 100,000 population', 'A rate: the count for each 100,000 residents', 'programs', 'sdg-16.2.2'),
  ('percent', 'Percent', 'A share of a hundred', 'programs', 'sdg-16.2.2'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_tip_tier" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_tip_tier" VALUES
  ('tier-1', 'Tier 1', 'Judged to meet the minimum standards of the United States'' law of 2000', 'programs', 'tip-tiers'),
  ('tier-2', 'Tier 2', 'Judged not to meet them fully and to make significant efforts', 'programs', 'tip-tiers'),
  ('watch-list', 'Tier 2 Watch List', 'Tier 2, with a worsening or unproven record', 'programs', 'tip-tiers'),
  ('tier-3', 'Tier 3', 'Judged not to meet them and to make no significant efforts', 'programs', 'tip-tiers'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_perpetrator_role" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_perpetrator_role" VALUES
  ('travelling-partner', 'Travelling partner', 'Travelled with the victim', 'read', 'htcds-2.0'),
  ('transporter', 'Transporter', 'Moved the victim', 'read', 'htcds-2.0'),
  ('recruiter', 'Recruiter or intermediary', 'Drew the victim in, or stood between', 'read', 'htcds-2.0'),
  ('broker', 'Broker or travel agent', 'Arranged the journey or the work', 'read', 'htcds-2.0'),
  ('transferred', 'Transferred a person', 'Handed the victim over', 'read', 'htcds-2.0'),
  ('harboured', 'Harboured a person', 'Gave shelter to the victim or hid the victim', 'read', 'htcds-2.0'),
  ('sold', 'Sold a person', 'Took payment for the victim', 'read', 'htcds-2.0'),
  ('bought', 'Bought a person', 'Paid for the victim', 'read', 'htcds-2.0'),
  ('received', 'Received a person', 'Took the victim in', 'read', 'htcds-2.0'),
  ('controlled', 'Controlled a person', 'Kept the victim in the situation', 'read', 'htcds-2.0'),
  ('smuggler', 'Smuggler', 'Brought the victim over a border against the law', 'read', 'htcds-2.0'),
  ('abuser', 'Abuser', 'Abused the victim', 'read', 'htcds-2.0'),
  ('kidnapper', 'Kidnapper', 'Took the victim away unlawfully', 'read', 'htcds-2.0'),
  ('exploiter', 'Exploiter', 'Had the gain of the exploitation', 'read', 'htcds-2.0'),
  ('other', 'Other role', 'A role that no other code names', 'read', 'htcds-2.0'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_reporting_role" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_reporting_role" VALUES
  ('identifies', 'Identifies', 'Decides whether a person is a victim, or takes part in it', 'recalled', 'ic-tip-profile'),
  ('assists', 'Assists', 'Gives help or services', 'recalled', 'ic-tip-profile'),
  ('investigates', 'Investigates', 'Looks into the crime', 'recalled', 'ic-tip-profile'),
  ('prosecutes', 'Prosecutes', 'Brings the charge', 'recalled', 'ic-tip-profile'),
  ('adjudicates', 'Adjudicates', 'Decides the case', 'recalled', 'ic-tip-profile'),
  ('compiles', 'Compiles', 'Collects what others recorded', 'recalled', 'ic-tip-profile'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

CREATE TABLE "code_relation_to_perpetrator" (code VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, definition VARCHAR, certainty VARCHAR, source VARCHAR);
INSERT INTO "code_relation_to_perpetrator" VALUES
  ('intimate-partner', 'Intimate partner', 'Present or former', 'recalled', 'ic-tip-profile'),
  ('family', 'Family or relative', 'Guardians and foster parents included', 'recalled', 'ic-tip-profile'),
  ('friend', 'Friend or acquaintance', 'A friend, or somebody the victim knew', 'recalled', 'ic-tip-profile'),
  ('employer', 'Employer', 'Somebody the victim worked for before or outside the trafficking', 'recalled', 'ic-tip-profile'),
  ('stranger', 'Stranger', 'Not known to the victim before', 'recalled', 'ic-tip-profile'),
  ('other', 'Other relation', 'A relation that no other code names', 'recalled', 'ic-tip-profile'),
  ('unknown', 'Unknown', 'The source says that it is not known', 'project', 'project'),
  ('not-applicable', 'Not applicable', 'The question does not arise for this record', 'project', 'project'),
  ('withheld', 'Withheld by the source', 'The source knows and does not say', 'project', 'project');

-- What happened: one incident of trafficking, with its acts, means, purpose, places and times
CREATE TABLE "event" (
  "event_id" VARCHAR NOT NULL,
  "country_of_recruitment" VARCHAR REFERENCES "code_country" (code),
  "country_of_exploitation" VARCHAR REFERENCES "code_country" (code),
  "country_of_repatriation" VARCHAR REFERENCES "code_country" (code),
  "country_of_origin" VARCHAR REFERENCES "code_country" (code),
  "country_of_destination" VARCHAR REFERENCES "code_country" (code),
  "duration_band" VARCHAR REFERENCES "code_duration_band" (code),
  "abducted" VARCHAR REFERENCES "code_yes_no" (code),
  "started_on" DATE,
  "ended_on" DATE,
  "border_crossing" VARCHAR REFERENCES "code_border_crossing" (code),
  "country_of_detection" VARCHAR REFERENCES "code_country" (code),
  "technology_used" VARCHAR REFERENCES "code_yes_no" (code),
  "organised_group" VARCHAR REFERENCES "code_yes_no" (code),
  PRIMARY KEY ("event_id")
);

-- Countries through which the victim was moved
CREATE TABLE "event_country_of_transit" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_country" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- What was done: the first element of the definition
CREATE TABLE "event_act" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_act" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- How it was done: the second element; a child needs none
CREATE TABLE "event_means" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_means" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- What for: the third element
CREATE TABLE "event_purpose" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_purpose" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- The forms of exploitation suffered or intended; one person can suffer several
CREATE TABLE "event_form_of_exploitation" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_form_of_exploitation" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- Sectors in which forced labour took place
CREATE TABLE "event_labour_sector" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_labour_sector" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- Types of sexual exploitation
CREATE TABLE "event_sexual_form" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_sexual_form" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- How the victim was kept in the situation
CREATE TABLE "event_means_of_control" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_means_of_control" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- How the victim was reached
CREATE TABLE "event_recruitment_method" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_recruitment_method" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- Websites and apps used to recruit
CREATE TABLE "event_recruitment_platform" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_online_platform" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- Websites and apps used to exploit
CREATE TABLE "event_exploitation_platform" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_online_platform" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- Sections of ISIC Rev.4 in which the exploitation took place, as HTCDS asks
CREATE TABLE "event_industry" (
  "event_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_isic_section" (code),
  PRIMARY KEY ("event_id", code),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id")
);

-- A natural person against whom the crime was committed; one row is the record that one reporting entity has
CREATE TABLE "victim" (
  "record_id" VARCHAR NOT NULL,
  "year" INTEGER,
  "registered_on" DATE,
  "detected_on" DATE,
  "age" INTEGER CHECK ("age" >= 0),
  "age_at_trafficking" INTEGER CHECK ("age_at_trafficking" >= 0),
  "age_band" VARCHAR REFERENCES "code_age_band" (code),
  "age_group" VARCHAR REFERENCES "code_age_group" (code),
  "age_group_at_exploitation" VARCHAR REFERENCES "code_age_group" (code),
  "sex" VARCHAR REFERENCES "code_sex" (code),
  "gender" VARCHAR REFERENCES "code_gender" (code),
  "citizenship" VARCHAR REFERENCES "code_country" (code),
  "status" VARCHAR REFERENCES "code_status" (code),
  "status_decided_by" VARCHAR REFERENCES "code_status_decided_by" (code),
  "status_on" DATE,
  "person_number" VARCHAR,
  "consent" VARCHAR REFERENCES "code_yes_no" (code),
  "age_at_detection" INTEGER CHECK ("age_at_detection" >= 0),
  "country_of_residence" VARCHAR REFERENCES "code_country" (code),
  "migration_status" VARCHAR REFERENCES "code_migration_status" (code),
  "marital_status" VARCHAR REFERENCES "code_marital_status" (code),
  "n_children" INTEGER CHECK ("n_children" >= 0),
  "education" VARCHAR REFERENCES "code_education" (code),
  "primary_language" VARCHAR REFERENCES "code_language" (code),
  "secondary_language" VARCHAR REFERENCES "code_language" (code),
  "disability" VARCHAR REFERENCES "code_yes_no" (code),
  "reflection_period" VARCHAR REFERENCES "code_yes_no" (code),
  "residence_permit" VARCHAR REFERENCES "code_yes_no" (code),
  "case_status" VARCHAR REFERENCES "code_case_status" (code),
  PRIMARY KEY ("record_id")
);

-- A person or body that took part in committing it
CREATE TABLE "perpetrator" (
  "perpetrator_id" VARCHAR NOT NULL,
  "perpetrator_kind" VARCHAR REFERENCES "code_perpetrator_kind" (code),
  "perpetrator_sex" VARCHAR REFERENCES "code_sex" (code),
  "perpetrator_gender" VARCHAR REFERENCES "code_gender" (code),
  "perpetrator_age_group" VARCHAR REFERENCES "code_age_group" (code),
  "perpetrator_citizenship" VARCHAR REFERENCES "code_country" (code),
  "justice_stage" VARCHAR REFERENCES "code_justice_stage" (code),
  "justice_stage_on" DATE,
  "offence_article" VARCHAR,
  "sentence_months" INTEGER CHECK ("sentence_months" >= 0),
  PRIMARY KEY ("perpetrator_id")
);

-- What the recruiter was to the victim
CREATE TABLE "perpetrator_recruiter_relation" (
  "perpetrator_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_recruiter_relation" (code),
  PRIMARY KEY ("perpetrator_id", code),
  FOREIGN KEY ("perpetrator_id") REFERENCES "perpetrator" ("perpetrator_id")
);

-- An organisation that identifies or assists victims, collects the data or is otherwise involved
CREATE TABLE "reporting_entity" (
  "reporting_entity" VARCHAR NOT NULL,
  "reporting_entity_type" VARCHAR REFERENCES "code_reporting_entity_type" (code),
  "collected_through" VARCHAR REFERENCES "code_collected_through" (code),
  "entity_level" VARCHAR REFERENCES "code_entity_level" (code),
  "country_of_entity" VARCHAR REFERENCES "code_country" (code),
  PRIMARY KEY ("reporting_entity")
);

-- A person handed over from one organisation to another, with consent; no unit of IC-TIP
CREATE TABLE "referral" (
  "referral_id" VARCHAR NOT NULL,
  "record_id" VARCHAR NOT NULL,
  "referral_direction" VARCHAR REFERENCES "code_referral_direction" (code),
  "referral_entity" VARCHAR,
  "referred_on" DATE,
  "referral_reason" VARCHAR REFERENCES "code_referral_reason" (code),
  "referral_outcome" VARCHAR REFERENCES "code_referral_outcome" (code),
  PRIMARY KEY ("referral_id"),
  FOREIGN KEY ("record_id") REFERENCES "victim" ("record_id")
);

-- A plan or service for one person; no unit of IC-TIP
CREATE TABLE "assistance" (
  "assistance_id" VARCHAR NOT NULL,
  "record_id" VARCHAR NOT NULL,
  "assistance_from_on" DATE,
  "assistance_planned_until_on" DATE,
  "assistance_until_on" DATE,
  PRIMARY KEY ("assistance_id"),
  FOREIGN KEY ("record_id") REFERENCES "victim" ("record_id")
);

-- What help was given
CREATE TABLE "assistance_assistance_type" (
  "assistance_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_assistance_type" (code),
  PRIMARY KEY ("assistance_id", code),
  FOREIGN KEY ("assistance_id") REFERENCES "assistance" ("assistance_id")
);

-- A count that somebody else made, with all that it is about; no unit of IC-TIP
CREATE TABLE "cell" (
  "year" INTEGER,
  "sex" VARCHAR REFERENCES "code_sex" (code),
  "gender" VARCHAR REFERENCES "code_gender" (code),
  "age_group" VARCHAR REFERENCES "code_age_group" (code),
  "form_of_exploitation" VARCHAR REFERENCES "code_form_of_exploitation" (code),
  "citizenship" VARCHAR REFERENCES "code_country" (code),
  "country_of_repatriation" VARCHAR REFERENCES "code_country" (code),
  "country" VARCHAR REFERENCES "code_country" (code),
  "region" VARCHAR,
  "subregion" VARCHAR,
  "indicator" VARCHAR REFERENCES "code_indicator" (code),
  "dimension" VARCHAR REFERENCES "code_dimension" (code),
  "category" VARCHAR,
  "value_low" INTEGER CHECK ("value_low" >= 0),
  "value_high" INTEGER CHECK ("value_high" >= "value_low"),
  "figure" DOUBLE PRECISION,
  "unit_measure" VARCHAR REFERENCES "code_unit_measure" (code),
  "tip_tier" VARCHAR REFERENCES "code_tip_tier" (code)
);

-- One event has many victims; one person can be in many events
CREATE TABLE "event_victim" (
  "event_id" VARCHAR NOT NULL,
  "record_id" VARCHAR NOT NULL,
  PRIMARY KEY ("event_id", "record_id"),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id"),
  FOREIGN KEY ("record_id") REFERENCES "victim" ("record_id")
);

-- One event has many perpetrators; one perpetrator can be in many events
CREATE TABLE "event_perpetrator" (
  "event_id" VARCHAR NOT NULL,
  "perpetrator_id" VARCHAR NOT NULL,
  PRIMARY KEY ("event_id", "perpetrator_id"),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id"),
  FOREIGN KEY ("perpetrator_id") REFERENCES "perpetrator" ("perpetrator_id")
);

-- What the perpetrator did in this event
CREATE TABLE "event_perpetrator_perpetrator_role" (
  "event_id" VARCHAR NOT NULL,
  "perpetrator_id" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_perpetrator_role" (code),
  PRIMARY KEY ("event_id", "perpetrator_id", code),
  FOREIGN KEY ("event_id", "perpetrator_id") REFERENCES "event_perpetrator" ("event_id", "perpetrator_id")
);

-- Several reporting entities can report the same event
CREATE TABLE "event_reporting_entity" (
  "event_id" VARCHAR NOT NULL,
  "reporting_entity" VARCHAR NOT NULL,
  PRIMARY KEY ("event_id", "reporting_entity"),
  FOREIGN KEY ("event_id") REFERENCES "event" ("event_id"),
  FOREIGN KEY ("reporting_entity") REFERENCES "reporting_entity" ("reporting_entity")
);

-- What the reporting entity does about this event
CREATE TABLE "event_reporting_entity_reporting_role" (
  "event_id" VARCHAR NOT NULL,
  "reporting_entity" VARCHAR NOT NULL,
  code VARCHAR NOT NULL REFERENCES "code_reporting_role" (code),
  PRIMARY KEY ("event_id", "reporting_entity", code),
  FOREIGN KEY ("event_id", "reporting_entity") REFERENCES "event_reporting_entity" ("event_id", "reporting_entity")
);

-- Several reporting entities can work on one record
CREATE TABLE "victim_reporting_entity" (
  "record_id" VARCHAR NOT NULL,
  "reporting_entity" VARCHAR NOT NULL,
  PRIMARY KEY ("record_id", "reporting_entity"),
  FOREIGN KEY ("record_id") REFERENCES "victim" ("record_id"),
  FOREIGN KEY ("reporting_entity") REFERENCES "reporting_entity" ("reporting_entity")
);

-- One victim can have many perpetrators; a count of links is not a count of persons
CREATE TABLE "victim_perpetrator" (
  "record_id" VARCHAR NOT NULL,
  "perpetrator_id" VARCHAR NOT NULL,
  "relation_to_perpetrator" VARCHAR REFERENCES "code_relation_to_perpetrator" (code),
  PRIMARY KEY ("record_id", "perpetrator_id"),
  FOREIGN KEY ("record_id") REFERENCES "victim" ("record_id"),
  FOREIGN KEY ("perpetrator_id") REFERENCES "perpetrator" ("perpetrator_id")
);
