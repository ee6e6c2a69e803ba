using CleanSync.ContractTests.Connections;
using CleanSync.ContractTests.Protocol;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Xunit;

namespace CleanSync.ContractTests.Diagnosis;

/// <summary>When the password expires, as Exchange says it and as it can fail to.</summary>
public sealed class PasswordExpiryTests
{
    private static readonly DateTimeOffset SomeDay = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2031-05-06T07:08:09Z", true, false)]
    [InlineData("9999-12-31T23:59:59.9999999Z", false, true)]
    [InlineData("0001-01-01T00:00:00Z", false, false)]
    [InlineData("1601-01-01T00:00:00Z", false, false)]
    [InlineData("soon", false, false)]
    public async Task A_date_is_read_and_the_end_of_the_calendar_means_never(string date, bool isADate, bool isNever)
    {
        var answer = FakeServer.Envelope($"""<m:GetPasswordExpirationDateResponse ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:PasswordExpirationDate>{date}</m:PasswordExpirationDate></m:GetPasswordExpirationDateResponse>""");
        var life = (await FakeServer.Answering(answer).Call(new GetPasswordExpirationDate())).Value!;
        Assert.Equal((isADate ? SomeDay : null, isNever), (life.EndsAt, life.NeverEnds));
    }

    [Theory]
    [InlineData("ErrorAccessDenied")]
    [InlineData("ErrorServerBusy")]
    public async Task A_refusal_is_an_error_of_the_one_message(string code)
    {
        var answer = FakeServer.Envelope($"""<m:GetPasswordExpirationDateResponse ResponseClass="Error"><m:MessageText>No.</m:MessageText><m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:PasswordExpirationDate>0001-01-01T00:00:00Z</m:PasswordExpirationDate></m:GetPasswordExpirationDateResponse>""");
        Assert.Equal(code, (await FakeServer.Answering(answer).Call(new GetPasswordExpirationDate())).Error!.Code);
    }

    [Fact]
    public void It_is_asked_for_from_2010_SP2_on() =>
        Assert.Equal(
            [
                ExchangeServerVersion.Exchange2010_SP2,
                ExchangeServerVersion.Exchange2013,
                ExchangeServerVersion.Exchange2013_SP1,
                ExchangeServerVersion.Exchange2016
            ],
            Enum.GetValues<ExchangeServerVersion>().Where(v => v.Has(VersionTable.PasswordExpiration)));

    [Fact]
    public async Task Never_a_date_not_offered_and_no_answer_are_told_apart()
    {
        await using var exchange = await SecureExchange.Start();
        await using var cleanSync = new CleanSyncSide();
        var integration = CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null));
        async Task<PasswordExpiry?> Ask(ExchangeIntegration? other = null) =>
            await cleanSync.PasswordExpiry.Ask(await cleanSync.Stored(other ?? integration), Ct);

        Assert.Equal(PasswordExpiryState.NeverExpires, (await Ask())!.State);
        exchange.Account.PasswordExpiresAt = SomeDay;
        Assert.Equal((PasswordExpiryState.Expires, SomeDay), ((await Ask())!.State, (await Ask())!.ExpiresAt));
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorInvalidRequest"));
        Assert.Equal(PasswordExpiryState.NotOffered, (await Ask())!.State);
        exchange.Exchange.Faults.Next(new Fault.AbortBeforeEffect());
        Assert.Null(await Ask());

        var asked = exchange.Exchange.Requests.Count("GetPasswordExpirationDate");
        Assert.Equal(
            PasswordExpiryState.NotOffered, (await Ask(integration with { ExchangeVersion = ExchangeVersion.Exchange2010SP1 }))!.State);
        Assert.Equal(asked, exchange.Exchange.Requests.Count("GetPasswordExpirationDate"));
    }
}
