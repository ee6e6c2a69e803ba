using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Diagnosis;
using CleanSync.Infrastructure.Exchange.Protocol;
using Xunit;

namespace CleanSync.UnitTests.Diagnosis;

public sealed class ProposedVersionTests
{
    [Theory]
    [InlineData(8, 3, 485, ExchangeVersion.Exchange2007SP1)]
    [InlineData(14, 0, 726, ExchangeVersion.Exchange2010)]
    [InlineData(14, 1, 438, ExchangeVersion.Exchange2010SP1)]
    [InlineData(14, 2, 390, ExchangeVersion.Exchange2010SP2)]
    [InlineData(14, 3, 513, ExchangeVersion.Exchange2010SP2)]
    [InlineData(15, 0, 775, ExchangeVersion.Exchange2013)]
    [InlineData(15, 0, 847, ExchangeVersion.Exchange2013SP1)]
    [InlineData(15, 0, 1497, ExchangeVersion.Exchange2013SP1)]
    [InlineData(15, 1, 2507, ExchangeVersion.Exchange2016)]
    [InlineData(15, 2, 2562, ExchangeVersion.Exchange2016)]
    [InlineData(6, 5, 0, null)]
    public void A_server_gets_the_newest_entry_of_its_year_and_2019_and_later_get_2016(
        int major,
        int minor,
        int build,
        ExchangeVersion? expected) =>
        Assert.Equal(expected, ProposedVersion.For(new EwsServerVersion(major, minor, build, 0, "V2017_07_11")));
}
