package com.poolbrain.webhooks.events;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A made-up pool company at work. All items of one sample share what they would share in an import
/// or a bulk move: ids that count up, one technician, one route.
final class SampleCompany {

  private static final List<String> FIRST_NAMES =
      List.of(
          "Chris", "Alina", "Sourav", "Mike", "John", "Maria", "José", "Zoë", "Priya", "Wei",
          "Fatima", "Noah", "Olivia", "Luca", "Hannah", "Tyler");
  private static final List<String> LAST_NAMES =
      List.of(
          "Bale",
          "Grant",
          "Bhange",
          "Smith",
          "Doe",
          "García",
          "Nguyen",
          "Müller",
          "Patel",
          "Chen",
          "O'Brien",
          "Johnson",
          "Rossi",
          "Kowalski",
          "Haddad",
          "Brooks");
  private static final List<String> JOB_TITLES =
      List.of(
          "Filter Clean",
          "Pump Repair",
          "Heater Inspection",
          "Green to Clean",
          "Salt Cell Change",
          "Leak Detection",
          "Pool Opening",
          "Winterization",
          "Acid Wash",
          "Tile Cleaning",
          "Untitled Job");
  private static final List<String> ROUTES =
      List.of("North Route", "South Route", "Lakeside", "Downtown", "Harbor", "East Valley");
  private static final int UNASSIGNED_ONE_IN = 8;

  private final RandomGenerator random;
  private final long firstCustomer;
  private final long firstJob;
  private final boolean assigned;
  private final String technician;
  private final String route;
  private int item;

  SampleCompany(RandomGenerator random) {
    this.random = random;
    firstCustomer = 3_900_000L + random.nextInt(100_000);
    firstJob = 2_400_000L + random.nextInt(100_000);
    assigned = random.nextInt(UNASSIGNED_ONE_IN) != 0;
    technician = oneOf(FIRST_NAMES) + " " + oneOf(LAST_NAMES);
    route = oneOf(ROUTES) + " - Truck " + (1 + random.nextInt(4));
  }

  void nextItem() {
    item++;
  }

  long number(String field) {
    return switch (field) {
      case "customerId" -> firstCustomer + item;
      case "jobId" -> firstJob + item * 61L; // jobs of other companies lie between
      default -> 1L + random.nextInt(100_000);
    };
  }

  @Nullable String text(String field, boolean nullable) {
    if (nullable && !assigned) {
      return null;
    }
    return switch (field) {
      case "displayName" -> oneOf(FIRST_NAMES) + " " + oneOf(LAST_NAMES);
      case "jobNumber" -> "JOB-" + (firstJob % 10_000 + item);
      case "jobTitle" -> oneOf(JOB_TITLES);
      case "technicianName" -> technician;
      case "technicianFirstName" -> oneOf(FIRST_NAMES);
      case "technicianLastName" -> oneOf(LAST_NAMES);
      case "currentRouteName", "routeName" -> route;
      case "message" -> "Hello from Pool Brain. This endpoint is reachable.";
      default -> "Sample " + (1 + random.nextInt(1_000));
    };
  }

  private String oneOf(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
