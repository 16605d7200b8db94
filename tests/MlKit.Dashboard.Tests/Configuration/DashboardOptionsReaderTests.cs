using Microsoft.Extensions.Configuration;
using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Tests.Configuration;

public sealed class DashboardOptionsReaderTests
{
    [Fact]
    public void Alone_the_dashboard_takes_its_usual_addresses_and_makes_a_token()
    {
        var options = Read();
        Assert.Equal("http://localhost:18888/", Assert.Single(options.FrontendUrls).ToString());
        Assert.Equal(18889, options.OtlpGrpcUrl!.Port);
        Assert.Equal(18890, options.OtlpHttpUrl!.Port);
        Assert.Null(options.ResourceServiceUrl);
        Assert.True(options.BrowserTokenWasGenerated);
        Assert.Equal(32, options.BrowserToken!.Length);
    }

    [Fact]
    public void Under_a_host_only_the_hosts_addresses_are_served()
    {
        var options = Read(
            ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "http://localhost:20000"),
            ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:20001"),
            ("Dashboard:Frontend:BrowserToken", "given"));
        Assert.Equal(20001, options.OtlpGrpcUrl!.Port);
        Assert.Null(options.OtlpHttpUrl);
        Assert.False(options.BrowserTokenWasGenerated);
    }

    [Theory]
    [InlineData("urls", "localhost", "an http or https address")]
    [InlineData("urls", ";", "one or more addresses")]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:1/path", "without a path")]
    [InlineData("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "perhaps", "true or false")]
    [InlineData("Dashboard:TelemetryLimits:MaxLogCount", "0", "a whole number from 1")]
    [InlineData("Dashboard:TelemetryLimits:MaxTraceCount", "-1", "a whole number from 1")]
    public void A_wrong_value_is_an_error_that_names_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        var problem = Assert.Throws<DashboardConfigurationException>(() => Read((key, value)));
        Assert.Contains(key, problem.Message);
        Assert.Contains($"'{value}'", problem.Message);
        Assert.Contains(allowed, problem.Message);
    }

    [Fact]
    public void Limits_come_from_configuration_and_spans_follow_traces()
    {
        var limits = Read(("Dashboard:TelemetryLimits:MaxTraceCount", "100000"), ("Dashboard:TelemetryLimits:MaxLogCount", "5")).Limits;
        Assert.Equal((5, 100_000, 2_000_000, 50_000), (limits.MaxLogCount, limits.MaxTraceCount, limits.MaxSpanCount, limits.MaxMetricsCount));
    }

    private static DashboardOptions Read(params (string Key, string Value)[] settings) => DashboardOptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());
}
