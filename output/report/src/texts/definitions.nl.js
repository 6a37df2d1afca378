// SPDX-License-Identifier: Apache-2.0
// Nederlandse definities van de indicatoren, bij hun Engelse zin: verandert die, dan staat er Engels op de pagina
// in plaats van verouderd Nederlands.
export default {
  'Technical people who lead the startup that they began, also when it is one no longer. Founders without technical skills are not in the model.':
    'Technische mensen die de startup leiden die zij begonnen, ook als die geen startup meer is. Oprichters zonder technische kennis zitten niet in het model.',
  'Partners abroad of institutes, by their strongest theme, and of firms of the theme with R&D. Model state, not a statistic.':
    'Partners in het buitenland van instellingen, naar hun sterkste thema, en van bedrijven van het thema met R&D. Stand van het model, geen statistiek.',
  'Share of firms with R&D that work with at least one partner abroad, by the mean number of firms like each.':
    'Deel van de bedrijven met R&D dat met ten minste één partner in het buitenland werkt, naar het gemiddelde aantal van bedrijven als elk.',
  'Share of homes that fibre passes, mean over provinces by their jobs. A series from outside, not a result; after its last figure it stands still.':
    'Deel van de woningen waar glasvezel langs komt, gemiddeld over de provincies naar hun banen. Een reeks van buiten, geen uitkomst; na het laatste cijfer staat zij stil.',
  'Share of populated areas with 5G, mean over provinces by their jobs. A series from outside, not a result; 4G covers all from 2020 on.':
    'Deel van de bewoonde gebieden met 5G, gemiddeld over de provincies naar hun banen. Een reeks van buiten, geen uitkomst; 4G dekt vanaf 2020 alles.',
  'Share of articles of institutes that are open, by the openness of each.':
    'Deel van de artikelen van instellingen dat open is, naar de openheid van elk.',
  'Ventures a year whose seat goes abroad with a round that a fund abroad leads; people and R&D stay.':
    'Startups per jaar waarvan de zetel naar het buitenland gaat met een ronde onder leiding van een buitenlands fonds; mensen en R&D blijven.',
  'Value added of firms by hours worked.': 'Toegevoegde waarde van bedrijven per gewerkt uur.',
  'Sales less intermediate inputs, over firms of two or more persons.':
    'Omzet min verbruik, over bedrijven van twee of meer personen.',
  'Firms of two or more persons, and startups.': 'Bedrijven van twee of meer personen, en startups.',
  'Full-time equivalents in firms of two or more persons and startups.':
    'Voltijdbanen bij bedrijven van twee of meer personen en startups.',
  'Firms of type scale-up, which had ten or more persons and grew 20 % a year in staff or sales over the three years to January, or startups that reached 50 persons.':
    'Bedrijven van het type scale-up: met tien of meer personen en 20 % groei per jaar in personeel of omzet over de drie jaar tot januari, of startups die 50 personen bereikten.',
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
  'Pay of technical staff by its level at the start, 1 at the start. It follows vacancies a searcher. Model state, not a statistic.':
    'Loon van technisch personeel ten opzichte van het begin, 1 bij het begin. Het volgt het aantal vacatures per zoeker. Toestand van het model, geen statistiek.',
  'Mean labour cost of PhD candidates, researchers, engineers, entrepreneurs and other technical staff with a job, full time. Model state, not a statistic.':
    'Gemiddelde loonkosten van promovendi, onderzoekers, ingenieurs, ondernemers en ander technisch personeel met een baan, voltijds. Toestand van het model, geen statistiek.',
  'Moves in a year of technical staff from one employer to another. PhD candidates do not count.':
    'Overstappen per jaar van technisch personeel van de ene werkgever naar de andere. Promovendi tellen niet mee.',
  'Technical staff hired in the year where they worked before, among those hired who were in the country. Model state, not a survey.':
    'Technisch personeel dat in het jaar werd aangenomen bij een eerdere werkgever, onder wie werd aangenomen en al in het land was. Toestand van het model, geen enquête.',
  'R&D spending of firms by the price of R&D, which is 1 at the start and rises with pay of technical staff.':
    'R&D-uitgaven van bedrijven gedeeld door de prijs van R&D, die 1 is bij het begin en stijgt met het loon van technisch personeel.',
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
  'Share of members of user groups that use a new product of their theme, groups weighted by their size. Model state, not a survey.':
    'Aandeel van de leden van gebruikersgroepen dat een nieuw product van hun thema gebruikt, groepen gewogen naar omvang. Toestand van het model, geen enquête.',
  'Mean over user groups of the share of products of ventures on the market that they accept, weighted by size. Model state, not a survey.':
    'Gemiddelde over gebruikersgroepen van het aandeel van de producten van startups op de markt dat zij accepteren, gewogen naar omvang. Toestand van het model, geen enquête.',
  'Slots in use by slots that exist, over fieldlabs, research facilities and pilot lines.':
    'Plaatsen in gebruik gedeeld door plaatsen die er zijn, over fieldlabs, onderzoeksfaciliteiten en proeflijnen.',
  'Slots in use by startups and scale-ups that develop a product.':
    'Plaatsen in gebruik bij startups en scale-ups die een product ontwikkelen.',
  'Slots in use by funded projects that a firm leads.':
    'Plaatsen in gebruik bij gesteunde projecten die een bedrijf leidt.',
  'Slots in use by funded projects that an institute leads.':
    'Plaatsen in gebruik bij gesteunde projecten die een kennisinstelling leidt.',
  'Months that projects in the queues have waited so far, mean over those who wait.':
    'Maanden die projecten in de wachtrij al wachten, gemiddeld over wie wacht.',
  'Mean strength of published standards over user groups, weighted by size. Model state, not a survey.':
    'Gemiddelde sterkte van gepubliceerde standaarden over gebruikersgroepen, gewogen naar omvang. Toestand van het model, geen enquête.',
  'Share of ventures whose product does not yet fit its users (match below 0.6) that have worked on it together with users. Model index, not a survey.':
    'Aandeel van de startups met een product dat gebruikers nog niet passend vinden (overeenkomst onder 0,6) die er met gebruikers aan hebben gewerkt. Index van het model, geen enquête.',
  'Share of ventures from readiness level 4 on that have had at least one iteration with users.':
    'Aandeel van de startups vanaf technologieniveau 4 dat ten minste één iteratie met gebruikers heeft gehad.',
  'Mean number of iterations with users of ventures from readiness level 4 on.':
    'Gemiddeld aantal iteraties met gebruikers van startups vanaf technologieniveau 4.',
  'Fieldlabs, large research facilities and pilot lines of which something has been built.':
    'Fieldlabs, grote onderzoeksfaciliteiten en proeflijnen waarvan iets is gebouwd.',
  'Projects that facilities can serve at a time, by what is built and its condition.':
    'Projecten die faciliteiten tegelijk kunnen bedienen, naar wat is gebouwd en de staat daarvan.',
  'Share of ventures whose clearance is pending for more than a year, or that redesign after a refusal. Model state, not a survey.':
    'Aandeel van de startups waarvan de toelating langer dan een jaar loopt, of die na een weigering opnieuw ontwerpen. Toestand van het model, geen enquête.',
  'Months for which clearance has been pending, mean over ventures that wait for it.':
    'Maanden dat de toelating al loopt, gemiddeld over de startups die erop wachten.',
  'Share of sales of R&D performers from products younger than 36 months; public contracts count, those on price alone as old products.':
    'Aandeel van de omzet van R&D-bedrijven uit producten jonger dan 36 maanden; overheidsopdrachten tellen mee, die op prijs alleen als oude producten.',
  'Share of members of user groups that use a new product for energy, food or health. What a user gains by it (emissions, years of life) has to come from elsewhere. Model state, not a survey.':
    'Aandeel van de leden van gebruikersgroepen met een nieuw product voor energie, voedsel of gezondheid. Wat een gebruiker ermee wint (uitstoot, levensjaren) moet van elders komen. Modeltoestand, geen enquête.',
  'Firms younger than five years with a tax credit on R&D. They stand for new users, since a firm does not remember when it first claimed.':
    'Bedrijven jonger dan vijf jaar met afdrachtvermindering voor S&O. Zij staan voor nieuwe gebruikers, want een bedrijf onthoudt niet wanneer het voor het eerst aanvroeg.',
  'People who serve innovators at public organisations, for transfer at institutes, clearance at regulators, and coaching and brokerage at hubs with the activity that their money allows. They stand for new lines of service, which are not counted one by one.':
    'Mensen die vernieuwers bedienen bij publieke organisaties: overdracht bij kennisinstellingen, toelating bij toezichthouders, begeleiding en bemiddeling bij hubs, zo actief als hun geld toelaat. Ze staan voor nieuwe vormen van dienstverlening, die niet een voor een geteld worden.',
  'Share of the innovations of the last 36 months by firms in a technology theme. It says where breakthroughs fall and does not describe them; kinds of innovation are not told apart. Model index, not a survey.':
    'Aandeel van de innovaties van de laatste 36 maanden bij bedrijven in een technologiethema. Het zegt waar doorbraken vallen en beschrijft ze niet; soorten innovatie worden niet onderscheiden. Modelindex, geen enquête.',
  'People at institutes who also work at a firm, by an agreement of their employers or because an instrument pays for it.':
    'Mensen bij kennisinstellingen die ook bij een bedrijf werken, volgens afspraak van hun werkgevers of omdat een instrument het betaalt.',
  'What firms pay for courses of their staff on their own account, by employee. What schemes pay on top is in the stock of subsidised training; training on the job is left out.':
    'Wat bedrijven zelf betalen aan cursussen voor hun personeel, per werkende. Wat regelingen erbij betalen zit in de voorraad gesubsidieerde scholing; leren op de werkplek telt niet mee.',
  'Stock of training per employee that instruments added, fading as it is forgotten. It is zero without such an instrument; what firms pay themselves is in the other indicator of this number.':
    'Voorraad scholing per werkende die instrumenten toevoegden; ze vervaagt door vergeten. Zonder zo’n instrument is ze nul; wat bedrijven zelf betalen staat in de andere indicator met dit nummer.',
  'Students in their first twelve months of study.': 'Studenten in de eerste twaalf maanden van hun studie.',
  'Awards by applications over all policy instruments; rights such as the tax credit are granted to all who ask.':
    'Toekenningen gedeeld door aanvragen over alle beleidsinstrumenten; rechten zoals de WBSO krijgt ieder die erom vraagt.',
  'Mean number of partners in research of firms that have one. Model index, not a description of networks.':
    'Gemiddeld aantal partners in onderzoek van bedrijven die er een hebben. Modelindex, geen beschrijving van netwerken.',
  'Gini coefficient of the number of partners of firms that have one, 0 when all have as many. High where few firms are hubs. Model index, not a description of networks.':
    'Ginicoëfficiënt van het aantal partners van bedrijven die er een hebben, 0 als allen er evenveel hebben. Hoog waar weinig bedrijven spil zijn. Modelindex, geen beschrijving van netwerken.',
  'Firms and institutes whose cooperation brokers of clusters and campuses help to set up.':
    'Bedrijven en kennisinstellingen die makelaars van clusters en campussen helpen samenwerking op te zetten.',
  'People who come to events of incubators, campuses and cluster organisations, a visit each. Meetings that instruments of the form network pay for are not counted here.':
    'Mensen op bijeenkomsten van broedplaatsen, campussen en clusterorganisaties, per bezoek geteld. Bijeenkomsten die instrumenten van de vorm netwerk betalen tellen hier niet mee.',
  'Ties that participants of these events made or renewed.': 'Relaties die deelnemers aan deze bijeenkomsten aangingen of vernieuwden.',
  'Mean match with users of products of ventures that mentors coach less that of other ventures, both from readiness level 4 to 6, in points. It is no effect of advice, since incubators take the young. Compare arms with more and fewer mentors for that. Model state, not a survey.':
    'Gemiddelde aansluiting bij gebruikers van producten van startups met begeleiding min die van andere, beide van gereedheidsniveau 4 tot 6, in punten. Het is geen effect van advies, want broedplaatsen nemen de jonge. Vergelijk daarvoor takken met meer en minder begeleiders. Modeltoestand, geen enquête.',
  'Ventures that have a place in an incubator. It says how many get advice, not how good it is.':
    'Startups met een plaats in een broedplaats. Het zegt hoeveel er advies krijgen, niet hoe goed dat is.',
  'Energy by value added of each sector in 2020, falling by a trend and as business customers adopt new products for energy and levies make old ones dear, times value added. Materials are not in the model. Model state, not a balance.':
    'Energie per euro toegevoegde waarde van elke sector in 2020, dalend volgens een trend en naarmate zakelijke klanten nieuwe energieproducten gebruiken en heffingen oude duur maken, maal de toegevoegde waarde. Materialen zitten niet in het model. Modeltoestand, geen balans.',
  'The same by value added of firms.': 'Hetzelfde per euro toegevoegde waarde van bedrijven.',
  'Campuses and incubators that hold a programme.': 'Campussen en broedplaatsen met een programma.',
  'Share of ties in research of firms and institutes with a theme that lead outside their ecosystem or to firms younger than five years, mean over regional ecosystems by their firms. It stands for a social norm. Model index, not a survey.':
    'Aandeel van de onderzoeksrelaties van bedrijven en kennisinstellingen met een thema dat buiten hun ecosysteem leidt of naar bedrijven jonger dan vijf jaar, gemiddeld over regionale ecosystemen naar hun bedrijven. Het staat voor een sociale norm. Modelindex, geen enquête.',
  'Mean strength of these ties, which success adds to and time takes from. It stands for a social norm. Model index, not a survey.':
    'Gemiddelde sterkte van deze relaties: succes voegt toe, tijd neemt af. Het staat voor een sociale norm. Modelindex, geen enquête.',
  'Regional ecosystems that are emerging, growing, mature or renewing themselves, by size, growth of R&D staff and young firms. Model index, not a survey.':
    'Regionale ecosystemen die opkomen, groeien, volwassen zijn of zich vernieuwen, naar omvang, groei van R&D-personeel en jonge bedrijven. Modelindex, geen enquête.',
  'Part of the trust of members that goes to members who are no newcomers, mean over regional ecosystems by their firms. Model index, not a survey.':
    'Deel van het vertrouwen van leden dat naar leden gaat die geen nieuwkomer zijn, gemiddeld over regionale ecosystemen naar hun bedrijven. Modelindex, geen enquête.',
  'Ties in research of members of regional ecosystems to others, a tie between two ecosystems once from each side.':
    'Onderzoeksrelaties van leden van regionale ecosystemen met anderen; een relatie tussen twee ecosystemen telt van elke kant één keer.',
  'Part of the R&D staff of ecosystems of a theme that works in firms controlled from abroad or moved there.':
    'Deel van het R&D-personeel van ecosystemen van een thema bij bedrijven onder buitenlandse zeggenschap of daarheen verhuisd.',
  'Alliances of firms and institutes formed in the year, those through meetings left out.':
    'Samenwerkingen van bedrijven en kennisinstellingen die in het jaar ontstaan, die uit bijeenkomsten niet meegeteld.',
  'Innovations of the last 36 months per R&D performer with partners by those per performer without. Larger firms have more of both, so it is no effect of cooperation. Model index, not a survey.':
    'Innovaties van de laatste 36 maanden per R&D-bedrijf met partners, gedeeld door die per R&D-bedrijf zonder. Grotere bedrijven hebben van beide meer, dus het is geen effect van samenwerking. Modelindex, geen enquête.',
  'Mean over R&D performers of how far announced programmes cover the horizon of a project, 0 to 1. It stands for a public agenda that binds; documents themselves are not in the model. Model index, not a survey.':
    "Gemiddelde over R&D-bedrijven van hoe ver aangekondigde programma's de looptijd van een project dekken, 0 tot 1. Het staat voor een openbare agenda die bindt; documenten zelf zitten niet in het model. Modelindex, geen enquête.",
  'What instruments have committed and not yet paid.':
    'Wat instrumenten hebben toegezegd en nog niet betaald.',
  'PhD holders, researchers, engineers and other technical staff by all staff of firms. Levels of education are not in the model.':
    'Gepromoveerden, onderzoekers, ingenieurs en ander technisch personeel als aandeel van al het personeel van bedrijven. Opleidingsniveaus zitten niet in het model.',
  'The intangible part, R&D paid by firms. Capital goods are a flow in the accounts (`capital goods` in the result) and no choice of firms; software and brands are left out.':
    'Het immateriële deel: R&D die bedrijven zelf betalen. Kapitaalgoederen zijn een stroom in de rekeningen (`capital goods` in het resultaat) en geen keuze van bedrijven; software en merken tellen niet mee.',
  'Yield of a euro of research of a theme by that of the burn-in, as science, development, startups and facilities of the theme go together, mean over themes by what their firms spend on R&D. Model index.':
    'Opbrengst van een euro onderzoek van een thema ten opzichte van de inloopperiode, naarmate wetenschap, ontwikkeling, startups en faciliteiten van het thema bij elkaar passen, gemiddeld over thema\'s naar wat hun bedrijven aan R&D uitgeven. Modelindex.',
  'Share of articles of institutes that have an author at an institution abroad.':
    'Aandeel van de artikelen van instellingen met een auteur bij een instelling in het buitenland.',
  'Gini coefficient of R&D spending over R&D performers, 0 when all spend as much.':
    'Ginicoëfficiënt van R&D-uitgaven over R&D-bedrijven, 0 als allen evenveel uitgeven.',
};
