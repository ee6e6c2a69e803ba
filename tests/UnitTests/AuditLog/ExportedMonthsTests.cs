using CleanSync.Application.AuditLog;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.AuditLog;

public sealed class ExportedMonthsTests
{
    [Theory]
    [InlineData("2026-03-01", true)]
    [InlineData("2025-01-01", true)]
    [InlineData("2026-04-01", false)]
    [InlineData("2026-02-02", false)]
    public void Only_whole_months_that_have_ended_can_be_exported(string before, bool accepted) => Assert.Equal(
        accepted,
        new ExportAuditLog.Validator(new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)))
            .Validate(new ExportAuditLog(DateOnly.ParseExact(before, "yyyy-MM-dd", null), "x", WithNames: false, Remove: true)).IsValid);
}
