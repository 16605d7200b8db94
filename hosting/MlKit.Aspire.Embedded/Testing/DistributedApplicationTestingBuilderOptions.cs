namespace Aspire.Hosting.Testing;

/// <summary>How an application under test is built.</summary>
public sealed class DistributedApplicationTestingBuilderOptions
{
    /// <summary>Whether the dashboard runs too; the default is not.</summary>
    public bool EnableDashboard { get; set; }
}
