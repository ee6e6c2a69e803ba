using System.Reflection;
using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

public sealed class VersionTableTests
{
    [Theory]
    [InlineData("Exchange2007_SP1", "MeetingTimeZone")]
    [InlineData("Exchange2010", "StartTimeZone EndTimeZone")]
    [InlineData("Exchange2010_SP1", "StartTimeZone EndTimeZone")]
    [InlineData("Exchange2010_SP2", "StartTimeZone EndTimeZone")]
    [InlineData("Exchange2013", "StartTimeZone EndTimeZone StartTimeZoneId EndTimeZoneId")]
    [InlineData("Exchange2013_SP1", "StartTimeZone EndTimeZone StartTimeZoneId EndTimeZoneId")]
    [InlineData("Exchange2016", "StartTimeZone EndTimeZone StartTimeZoneId EndTimeZoneId")]
    public void A_read_asks_for_the_zones_that_the_version_has(string version, string zones)
    {
        var asked = Fields("GetItem", version).Where(field => field.Contains("TimeZone", StringComparison.Ordinal));
        Assert.Equal(zones.Split(' ').Select(zone => "calendar:" + zone), asked);
    }

    [Theory]
    [InlineData("Exchange2007_SP1", "Free")]
    [InlineData("Exchange2010_SP2", "Free")]
    [InlineData("Exchange2013", "WorkingElsewhere")]
    public void WorkingElsewhere_is_free_time_to_versions_that_do_not_know_it(string version, string written) =>
        Assert.Equal(written, Request("CreateItem", version).Descendants(XName.Get("LegacyFreeBusyStatus", Ews.Types)).Single().Value);

    [Fact]
    public void A_calendar_view_asks_for_nothing_that_only_GetItem_returns() =>
        Assert.Empty(Fields("FindItem, view", "Exchange2007_SP1").Intersect([Field.MeetingTimeZone, Field.Body]));

    [Fact]
    public void Every_field_has_its_line()
    {
        var fields = typeof(Field).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);
        Assert.Empty(fields.Except(VersionTable.Entries));
        Assert.Throws<ArgumentException>(() => ExchangeServerVersion.Exchange2016.Has("calendar:Unheard"));
    }

    private static IEnumerable<string> Fields(string request, string version) =>
        Request(request, version).Descendants(XName.Get("FieldURI", Ews.Types)).Select(field => field.Attribute("FieldURI")!.Value);

    private static XDocument Request(string request, string version) =>
        XDocument.Load(new MemoryStream(Requests.All[request](new(Enum.Parse<ExchangeServerVersion>(version), null, false))));
}
