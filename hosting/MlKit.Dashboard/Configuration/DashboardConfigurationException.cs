namespace MlKit.Dashboard.Configuration;

/// <summary>A setting is wrong; the message names the key, the value and what is allowed.</summary>
internal sealed class DashboardConfigurationException(string message) : Exception(message);
