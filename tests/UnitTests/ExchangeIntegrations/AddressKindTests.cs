using System.Net;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

public sealed class AddressKindTests
{
    [Theory]
    [InlineData("10.1.2.3", AddressKind.Ordinary)]
    [InlineData("172.16.0.1", AddressKind.Ordinary)]
    [InlineData("192.168.1.5", AddressKind.Ordinary)]
    [InlineData("203.0.113.7", AddressKind.Ordinary)]
    [InlineData("2001:db8::7", AddressKind.Ordinary)]
    [InlineData("fd12:3456::7", AddressKind.Ordinary)]
    [InlineData("127.0.0.1", AddressKind.Loopback)]
    [InlineData("127.9.9.9", AddressKind.Loopback)]
    [InlineData("::1", AddressKind.Loopback)]
    [InlineData("169.254.0.1", AddressKind.LinkLocal)]
    [InlineData("fe80::1", AddressKind.LinkLocal)]
    [InlineData("febf::1", AddressKind.LinkLocal)]
    [InlineData("169.254.169.254", AddressKind.CloudMetadata)]
    [InlineData("168.63.129.16", AddressKind.CloudMetadata)]
    [InlineData("fd00:ec2::254", AddressKind.CloudMetadata)]
    [InlineData("0.0.0.0", AddressKind.NoServer)]
    [InlineData("0.1.2.3", AddressKind.NoServer)]
    [InlineData("::", AddressKind.NoServer)]
    [InlineData("224.0.0.1", AddressKind.NoServer)]
    [InlineData("255.255.255.255", AddressKind.NoServer)]
    [InlineData("ff02::1", AddressKind.NoServer)]
    public void An_address_is_what_it_stands_for(string address, AddressKind kind) => Assert.Equal(kind, AddressKinds.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::ffff:127.0.0.1", AddressKind.Loopback)]
    [InlineData("::127.0.0.1", AddressKind.Loopback)]
    [InlineData("::ffff:169.254.169.254", AddressKind.CloudMetadata)]
    [InlineData("64:ff9b::a9fe:a9fe", AddressKind.CloudMetadata)]
    [InlineData("2002:a9fe:0101::1", AddressKind.LinkLocal)]
    [InlineData("::ffff:0.0.0.0", AddressKind.NoServer)]
    [InlineData("::ffff:10.1.2.3", AddressKind.Ordinary)]
    [InlineData("64:ff9b::0a01:0203", AddressKind.Ordinary)]
    public void An_IPv4_address_inside_an_IPv6_one_is_unwrapped_first(string address, AddressKind kind) => Assert.Equal(kind, AddressKinds.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("239.0.0.1", false)]
    public void In_development_local_addresses_are_allowed_and_the_others_stay_refused(string address, bool allowed) =>
        Assert.Equal(allowed, new ConnectionPolicy(AllowPlainHttp: true, AllowLocalAddresses: true).WhyRefused(IPAddress.Parse(address)) is null);
}
