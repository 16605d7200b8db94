namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks in values that the host replaces when it starts one instance of a resource.</summary>
internal static class InstanceMarks
{
    /// <summary>The suffix that tells the replicas of a resource apart.</summary>
    public const string InstanceId = "{{mlkit.instance-id}}";

    /// <summary>Fills the marks for the instance of an id such as <c>api-abcdefgh</c>.</summary>
    public static string Fill(string value, string resourceName, string resourceId) => value.Replace(
        InstanceId,
        resourceId.StartsWith($"{resourceName}-", StringComparison.Ordinal) ? resourceId[(resourceName.Length + 1)..] : resourceId,
        StringComparison.Ordinal);
}
