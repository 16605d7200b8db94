namespace MlKit.Architecture;

/// <summary>Dependencies point one way (see CONTRIBUTING): what each area of the repository may reference.</summary>
public sealed class DependencyRuleTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["AppHost"] = ["hosting"],
        ["ServiceDefaults"] = [],
        ["services"] = ["ServiceDefaults", "libraries", "features"],
        ["libraries"] = ["libraries"],
        ["features"] = ["libraries"],
        ["hosting"] = ["hosting"],
    };

    [Fact]
    public void Each_area_references_only_the_areas_below_it()
    {
        var wrong =
            from project in ProjectGraph.Projects
            where Allowed.ContainsKey(project.Area)
            from reference in project.References
            where !Allowed[project.Area].Contains(reference.Split('/')[0], StringComparer.Ordinal)
            select $"{project.Path} references {reference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Each_area_takes_files_only_from_itself_and_the_areas_below_it()
    {
        var wrong =
            from project in ProjectGraph.Projects
            where Allowed.ContainsKey(project.Area)
            from link in project.Links
            let area = link.Split('/')[0]
            where area != project.Area && !Allowed[project.Area].Contains(area, StringComparer.Ordinal)
            select $"{project.Path} takes {link}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_area_of_the_design_has_a_project_and_every_project_an_area()
    {
        string[] known = [.. Allowed.Keys, "tests", "bench", "samples"];
        Assert.Empty(ProjectGraph.Projects.Select(project => project.Area).Except(known));
        Assert.Empty(Allowed.Keys.Except(ProjectGraph.Projects.Select(project => project.Area)));
    }

    [Fact]
    public void A_service_never_references_another_service()
    {
        var wrong = ProjectGraph.Projects
            .Where(project => project.Area == "services")
            .Where(project => project.References.Any(reference => reference.StartsWith("services/", StringComparison.Ordinal)));

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_feature_repository_references_only_the_feature_library()
    {
        var features = ProjectGraph.Projects.Single(project => project.Area == "features");

        Assert.Equal(["libraries/MlKit.Feast/MlKit.Feast.csproj"], features.References);
        Assert.Empty(features.Packages);
    }

    [Fact]
    public void Libraries_do_not_depend_on_a_web_server()
    {
        var wrong =
            from project in ProjectGraph.Projects
            where project.Area is "libraries" or "features"
            where (string?)project.Document.Root!.Attribute("Sdk") != "Microsoft.NET.Sdk"
                || project.Document.Descendants("FrameworkReference").Any()
            select project.Path;

        Assert.Empty(wrong);
    }

    [Fact]
    public void Hosting_integrations_reference_exactly_one_host_chosen_by_property()
    {
        var hosting = ProjectGraph.Projects.Single(project => project.Path == "hosting/MlKit.Hosting/MlKit.Hosting.csproj");

        Assert.Equal(["hosting/MlKit.Aspire.Embedded/MlKit.Aspire.Embedded.csproj"], hosting.References);
        Assert.All(
            hosting.Document.Descendants("PackageReference")
                .Where(package => ((string?)package.Attribute("Include"))!.StartsWith("Aspire.", StringComparison.Ordinal)),
            package => Assert.Contains("Official", ConditionOf(package), StringComparison.Ordinal));
        Assert.All(
            hosting.Document.Descendants("ProjectReference"),
            reference => Assert.Contains("AspireHosting", ConditionOf(reference), StringComparison.Ordinal));
    }

    private static string ConditionOf(System.Xml.Linq.XElement item) =>
        (string?)item.Attribute("Condition") ?? (string?)item.Parent!.Attribute("Condition") ?? "";
}
