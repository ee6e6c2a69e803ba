using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using CleanSync.Infrastructure.Exchange.Translation;
using Xunit;

namespace CleanSync.UnitTests.Time;

/// <summary>The forms in which servers write times and zones; the event is 6 July in Berlin, the staff member lives in Tokyo.</summary>
public sealed class ZoneOnTheWireTests
{
    private const string Z = "<t:Start>2026-07-05T22:00:00Z</t:Start><t:End>2026-07-06T22:00:00Z</t:End>";
    private const string Offset = "<t:Start>2026-07-06T00:00:00+02:00</t:Start><t:End>2026-07-06T15:00:00-07:00</t:End>";
    private const string NoSuffix = "<t:Start>2026-07-05T22:00:00</t:Start><t:End>2026-07-06T22:00:00</t:End>";
    private const string Berlin = "W. Europe Standard Time";

    [Theory]
    [InlineData($"{Z}<t:StartTimeZone Id='{Berlin}' Name='(UTC+01:00) Amsterdam'><t:Periods><t:Period Bias='-PT60M' Name='Standard' Id='trule:x'/></t:Periods></t:StartTimeZone>", Berlin)]
    [InlineData($"{Z}<t:StartTimeZone Id='{Berlin}'/><t:EndTimeZone Id='Customized Time Zone'/>", Berlin)]
    [InlineData($"{Z}<t:StartTimeZoneId>{Berlin}</t:StartTimeZoneId><t:EndTimeZoneId>{Berlin}</t:EndTimeZoneId>", Berlin)]
    [InlineData($"{Z}<t:StartTimeZone Id=''/><t:EndTimeZone Id=''/><t:StartTimeZoneId>{Berlin}</t:StartTimeZoneId><t:EndTimeZoneId>{Berlin}</t:EndTimeZoneId>", Berlin)]
    [InlineData($"{Z}<t:StartTimeZoneId>{Berlin}</t:StartTimeZoneId><t:StartTimeZone Id=' '/>", Berlin)]
    [InlineData($"{Z}<t:MeetingTimeZone TimeZoneName='{Berlin}'/>", Berlin)]
    [InlineData($"{Offset}<t:StartTimeZone Id='Europe/Berlin'/>", "Europe/Berlin")]
    [InlineData($"{NoSuffix}<t:StartTimeZone Id='{Berlin}'/>", Berlin)]
    [InlineData($"{Z}<t:StartTimeZone Id='Customized Time Zone'/>", "Tokyo Standard Time")]
    [InlineData($"{Z}<t:StartTimeZone Id='' Name=''/><t:EndTimeZone/>", "Tokyo Standard Time")]
    [InlineData($"{Z}<t:StartTimeZone Id='tzone://Microsoft/Custom'/><t:StartTimeZoneId/>", "Tokyo Standard Time")]
    [InlineData(Z, "Tokyo Standard Time")]
    public void An_item_is_read_on_its_date_and_at_its_instants(string elements, string zone)
    {
        var allDay = Read($"{elements}<t:IsAllDayEvent>true</t:IsAllDayEvent>");
        Assert.Equal((new DateOnly(2026, 7, 6), new DateOnly(2026, 7, 7), zone), (allDay.FirstDay, allDay.EndDay, allDay.TimeZone));
        var timed = Read(elements);
        Assert.Equal(
            (new DateTimeOffset(2026, 7, 5, 22, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(24), zone),
            (timed.Start, timed.End - timed.Start, timed.TimeZone));
    }

    private static Domain.SyncedEvents.EventTimes Read(string elements)
    {
        var text =
            $"<t:CalendarItem xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types'><t:ItemId Id='AAMk' ChangeKey='Dw'/>{elements}</t:CalendarItem>";
        using var xml = new EwsXmlReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        xml.MoveToRoot();
        return CalendarItemTranslator.Translate(CalendarItemReader.Read(xml), "Tokyo Standard Time")!.Times;
    }
}
