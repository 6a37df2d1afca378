// SPDX-License-Identifier: Apache-2.0
// Nederlandse definities van de indicatoren, bij hun Engelse zin: verandert die, dan staat er Engels op de pagina
// in plaats van verouderd Nederlands.
export default {
  'Value added of firms by hours worked.': 'Toegevoegde waarde van bedrijven per gewerkt uur.',
  'Sales less intermediate inputs, over firms of two or more persons.':
    'Omzet min verbruik, over bedrijven van twee of meer personen.',
  'Full-time equivalents in firms of two or more persons and startups.':
    'Voltijdbanen bij bedrijven van twee of meer personen en startups.',
  'Share of sales of R&D performers from products younger than 36 months.':
    'Aandeel van de omzet van R&D-bedrijven uit producten jonger dan 36 maanden.',
  'Firms of type scale-up, of ten or more persons that grew 20 % a year over three years.':
    'Bedrijven van het type scale-up: tien of meer personen, drie jaar lang 20 % groei per jaar.',
  'Innovative young firms of type startup.': 'Innovatieve jonge bedrijven van het type startup.',
  'Firms founded in the year on intellectual property of an institute.':
    'Bedrijven die in het jaar zijn opgericht op intellectueel eigendom van een kennisinstelling.',
  'Firms that report R&D hours and receive a tax credit.':
    'Bedrijven die S&O-uren opgeven en afdrachtvermindering ontvangen.',
  'Share of R&D performers with at least one innovation in 36 months (a fading count). Firms without R&D do not innovate here.':
    'Aandeel van de R&D-bedrijven met ten minste één innovatie in 36 maanden (een uitdovende telling). Bedrijven zonder R&D innoveren hier niet.',
  'Applications at the European Patent Office by firms and institutes.':
    'Aanvragen bij het Europees Octrooibureau door bedrijven en kennisinstellingen.',
  'Applications at the European Patent Office by firms.': 'Aanvragen bij het Europees Octrooibureau door bedrijven.',
  'Articles of institutes in the year.': 'Artikelen van kennisinstellingen in het jaar.',
  'Articles of institutes with another organisation, public or private.':
    'Artikelen van kennisinstellingen samen met een andere organisatie, publiek of privaat.',
  'Articles of institutes together with a firm.': 'Artikelen van kennisinstellingen samen met een bedrijf.',
  'Pairs of members of running funded projects of two or more members.':
    'Paren van deelnemers aan lopende gefinancierde projecten van twee of meer deelnemers.',
  'R&D hours on which firms claim a tax credit.': 'S&O-uren waarvoor bedrijven afdrachtvermindering vragen.',
  'Sales of firms of two or more persons.': 'Omzet van bedrijven van twee of meer personen.',
  'Students who graduated in the year.': 'Studenten die in het jaar afstudeerden.',
  'Share of PhD candidates, researchers, engineers and other technical staff who grew up abroad.':
    'Aandeel van promovendi, onderzoekers, ingenieurs en ander technisch personeel dat in het buitenland opgroeide.',
  'Students, PhD candidates and technical staff who came from abroad in the year.':
    'Studenten, promovendi en technisch personeel die in het jaar uit het buitenland kwamen.',
  'People of the same groups who left the country in the year.':
    'Mensen uit dezelfde groepen die in het jaar het land verlieten.',
  'Mean over institutes of the share of researchers willing to found a firm, weighted by researchers. Model state, not a survey.':
    'Gemiddelde over kennisinstellingen van het aandeel onderzoekers dat een bedrijf zou oprichten, gewogen naar onderzoekers. Toestand van het model, geen enquête.',
  'Share of R&D performers and startups that wanted finance and did not find it.':
    'Aandeel van R&D-bedrijven en startups dat financiering zocht en niet vond.',
  'Outlays of all policy instruments; by instrument in the group /instruments of the result.':
    'Uitgaven van alle beleidsinstrumenten; per instrument in de groep /instruments van het resultaat.',
  'Awards of all policy instruments in the year.': 'Toekenningen van alle beleidsinstrumenten in het jaar.',
  'Tickets paid by all financiers into Dutch ventures.':
    'Bedragen die alle financiers in Nederlandse jonge bedrijven stopten.',
  "Part of the year's tickets paid by foreign funds.":
    'Deel van die bedragen in het jaar dat van buitenlandse fondsen kwam.',
  'Firms with at least one collaboration tie.': 'Bedrijven met ten minste één samenwerkingsband.',
  'Institutes with at least one collaboration tie.': 'Kennisinstellingen met ten minste één samenwerkingsband.',
  'Share of R&D performers with at least one partner in research.':
    'Aandeel van R&D-bedrijven met ten minste één partner in onderzoek.',
  'Enrolled students.': 'Ingeschreven studenten.',
  'People of type PhD.': 'Personen van het type promovendus.',
  'Researchers employed by institutes.': 'Onderzoekers in dienst van kennisinstellingen.',
  'Base funding of institutes and outlays of instruments by all public bodies, tax credits included.':
    'Basisfinanciering van kennisinstellingen en uitgaven van instrumenten door alle overheden, fiscale regelingen inbegrepen.',
  'Outlays of NWO.': 'Uitgaven van NWO.',
  'Sales abroad at fixed export shares of firms. Demand from abroad grows from outside the model.':
    'Omzet in het buitenland bij vaste exportaandelen van bedrijven. De buitenlandse vraag groeit van buiten het model.',
  'R&D spending of firms, public money included.': 'R&D-uitgaven van bedrijven, publiek geld inbegrepen.',
  'R&D spending of firms less grants and tax credits.':
    'R&D-uitgaven van bedrijven min subsidies en fiscale voordelen.',
  'R&D spending of universities, medical centres, hogescholen and institutes.':
    'R&D-uitgaven van universiteiten, medische centra, hogescholen en instituten.',
  'R&D of firms and knowledge institutes.': 'R&D van bedrijven en kennisinstellingen.',
  'Total R&D by value added of firms scaled to GDP (GDP 803 GEUR in 2020 by 633 GEUR of value added of firms).':
    'Totale R&D gedeeld door de toegevoegde waarde van bedrijven, geschaald naar het bbp (bbp van 803 miljard euro in 2020 op 633 miljard euro toegevoegde waarde van bedrijven).',
};
